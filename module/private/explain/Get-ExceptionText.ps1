# Knows where .NET keeps the code of an error: SocketErrorCode, where it is Winsock's on every platform, else NativeErrorCode, else HResult;
# in the exception itself or in one that it holds. Uses cmdlets and core types only.

function Get-ExceptionText {
    <#
    .SYNOPSIS
    One text of an exception and of those inside of it.
    .PARAMETER Depth
    How many more levels are looked into: an exception may hold itself.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory = $true)] [object] $Exception,
        [int] $Depth = 10
    )

    $names = @($Exception.PSObject.Properties | ForEach-Object { $_.Name })
    $message = ''
    if ($names -contains 'Message') { $message = $Exception.Message }
    $parts = @("$(@($Exception.PSObject.TypeNames)[0] -replace '^Deserialized\.'): $message")
    $codes = @('SocketErrorCode', 'NativeErrorCode' | Where-Object { $names -contains $_ -and $null -ne $Exception.$_ })
    if ($codes.Count -gt 0) {
        $code = $Exception.($codes[0])
        # From another computer the value of an enumeration comes as its name.
        if ($code -is [enum]) { $code = [int] $code }
        $parts += "$($codes[0]): $code."
    }
    # The first of InnerExceptions is InnerException once more. What a job or another computer threw is no inner exception.
    $holders = @('InnerException', 'SerializedRemoteException')
    if ($names -contains 'InnerExceptions') { $holders = @('InnerExceptions') }
    $inside = @($holders | Where-Object { $names -contains $_ } | ForEach-Object { $Exception.$_ } | Where-Object { $null -ne $_ })
    if ($names -contains 'HResult' -and $null -ne $Exception.HResult) {
        $result = '0x{0:X8}' -f $Exception.HResult
        # E_FAIL says nothing beside a code, and those around a socket's error have it from that.
        if ($result -ne '0x80004005' -or ($codes.Count -eq 0 -and $inside.Count -eq 0)) { $parts += "HRESULT: $result." }
    }
    if ($Depth -gt 0) {
        foreach ($inner in $inside) { $parts += "---> $(Get-ExceptionText -Exception $inner -Depth ($Depth - 1))" }
    }
    return $parts -join ' '
}
