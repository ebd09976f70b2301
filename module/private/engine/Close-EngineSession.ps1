# Knows that no engine may outlive the command that started it, however that command ends.

function Close-EngineSession {
    <#
    .SYNOPSIS
    Ends the program of a session if it still runs, and frees what the session holds. Without a session it does nothing.
    #>
    [CmdletBinding()]
    param([AllowNull()] [psobject] $Session)

    if ($null -eq $Session) {
        return
    }
    try {
        if (-not $Session.Process.HasExited) {
            $Session.Process.Kill()
            # Until it is gone it holds the trace open, and the caller may want to move or delete that file.
            $null = $Session.Process.WaitForExit(2000)
        }
    } catch [System.InvalidOperationException] {
        # It ended by itself between the question and the kill, which is all that was wanted.
        return
    } finally {
        $Session.Process.Dispose()
    }
}
