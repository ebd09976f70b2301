# Knows which variables of the environment make Node run, load or trust what is not the engine's: NODE_OPTIONS, NODE_PATH and their
# like, and OPENSSL_CONF (https://nodejs.org/api/cli.html, "Environment variables"). The executables are Node too and obey them, and
# the session of an administrator must not run what a variable names.

function Get-EngineTrap {
    <#
    .SYNOPSIS
    The variables of this session that the engine must not see: { Name, Value } each.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param()

    return Get-ChildItem -Path 'Env:' | Where-Object { $_.Name -match '^(NODE|OPENSSL)_' }
}
