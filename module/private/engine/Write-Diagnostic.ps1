# Knows how many warnings of one run a person is shown: a damaged file may bring thousands, and the first ones say what is wrong.

function Write-Diagnostic {
    <#
    .SYNOPSIS
    Writes what a record of kind 'diagnostic' says, as a warning while there are few of them; with -Label, how many more there were.
    .PARAMETER Told
    A hashtable of the caller's, one for each run, in which warnings are counted.
    .PARAMETER Label
    What the warning begins with that counts the others, as the warnings themselves do.
    .PARAMETER Hint
    Where the others are.
    #>
    [CmdletBinding(DefaultParameterSetName = 'One')]
    param(
        [Parameter(Mandatory = $true)] [hashtable] $Told,
        [Parameter(Mandatory = $true, ParameterSetName = 'One')] [string] $Severity,
        [Parameter(Mandatory = $true, ParameterSetName = 'One')] [string] $Message,
        [Parameter(Mandatory = $true, ParameterSetName = 'Rest')] [AllowEmptyString()] [string] $Label,
        [Parameter(ParameterSetName = 'Rest')] [string] $Hint = '-Verbose shows every one.'
    )

    $limit = 10
    if ($PSCmdlet.ParameterSetName -eq 'Rest') {
        $more = [int] $Told['Warnings'] - $limit
        if ($more -gt 0) { Write-Warning -Message "$Label$more more warnings; $Hint" }
        return
    }
    $Told['Warnings'] = [int] $Told['Warnings'] + [int] ($Severity -eq 'warning')
    if ($Severity -eq 'warning' -and $Told['Warnings'] -le $limit) {
        Write-Warning -Message $Message
    } else {
        Write-Verbose -Message $Message
    }
}
