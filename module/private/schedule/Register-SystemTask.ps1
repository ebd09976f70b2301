# Knows how a task comes to Task Scheduler: as XML in a file, in UTF-16 as schtasks wants it, in the folder that only administrators can
# write to, and only for as long as schtasks reads it.

function Register-SystemTask {
    <#
    .SYNOPSIS
    Registers a task, over one of the same name: { Succeeded, Reason }.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory = $true)] [string] $Name,
        [Parameter(Mandatory = $true)] [string] $Xml
    )

    $file = [System.IO.Path]::Combine((Get-DataFolder), "task-$([guid]::NewGuid().ToString('n')).xml")
    try {
        [System.IO.File]::WriteAllText($file, $Xml, [System.Text.Encoding]::Unicode)
        return Invoke-SchTasks -ArgumentList '/Create', '/TN', $Name, '/XML', $file, '/F'
    } catch [System.Management.Automation.MethodInvocationException] {
        return New-Record -Value ([ordered]@{ Succeeded = $false; Reason = $_.Exception.GetBaseException().Message })
    } finally {
        [System.IO.File]::Delete($file)
    }
}
