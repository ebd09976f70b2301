# Knows which of an object's properties tell of an error, so that the engine can search them as a text. By the names of properties, as
# objects that came from another computer have nothing else. Uses cmdlets and core types only.

function ConvertTo-ErrorText {
    <#
    .SYNOPSIS
    A text for each object: of error records and exceptions with the codes inside, of events with their source.
    .PARAMETER Line
    The line that was typed: PowerShell has made a number of 0x209, and the engine reads such a code only in hex; whoever typed
    0xC0000209 does not know -1073741303.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory = $true, ValueFromPipeline = $true)] [AllowNull()] [AllowEmptyString()] [object] $Value,
        [AllowNull()] [AllowEmptyString()] [string] $Line
    )

    begin {
        # What JSON and CSV are read into, and what scripts make.
        $keyed = @(
            'System.Management.Automation.PSCustomObject'
            'System.Collections.Hashtable'
            'System.Collections.Specialized.OrderedDictionary'
        )
    }
    process {
        if ($null -eq $Value) { return }
        if ($Value -is [string]) { return $Value }
        $names = @($Value.PSObject.Properties | ForEach-Object { $_.Name })
        if ($names -contains 'Exception' -and $null -ne $Value.Exception) {
            $text = Get-ExceptionText -Exception $Value.Exception
            # Mostly the record says what the exception says, and what stands behind the inner exceptions seems to have none.
            if (-not $text.Contains("$Value")) { $text = "$Value $text" }
            return $text
        }
        if ($names -contains 'InnerException') { return Get-ExceptionText -Exception $Value }
        if ($names -contains 'ProviderName' -and $names -contains 'Id') { return "$($Value.ProviderName)/$($Value.Id) $($Value.Message)" }
        if ($names -contains 'InstanceId' -and $names -contains 'EventID') { return "$($Value.Source)/$($Value.EventID) $($Value.Message)" }
        # Objects of this module: an event, a failed call.
        if ($names -contains 'provesExhaustion' -and $names -contains 'id') { return "Tcpip/$($Value.id)" }
        if ($names -contains 'isExhaustion' -and $names -contains 'status') { return "$($Value.status)" }
        if ($Value -is [int] -and $Line) {
            $typed = @($Line -split '[^0-9A-Za-z]+' | Where-Object { $_ -match '^0x[0-9a-f]{1,8}$' -and [int] $_ -eq $Value })
            if ($typed.Count -gt 0) { return $typed[0] }
        }
        if ($names -contains 'OuterXml') { return $Value.OuterXml }
        if (@($Value.PSObject.TypeNames | Where-Object { $keyed -contains $_ }).Count -gt 0) {
            $json = ConvertTo-Json -InputObject $Value -Compress -Depth 4 -WarningAction SilentlyContinue
            # Windows PowerShell escapes apostrophes too.
            return $json -replace '\\r|\\n', ' ' -replace '\\u0027', "'"
        }
        return "$Value"
    }
}
