/*
 * winrun PROGRAM ARGUMENTS...: starts a program with a console that has no window and with this program's own standard
 * handles, waits for it, and ends with its exit code.
 *
 * PowerShell's host needs a console: started by Wine from a shell without a terminal it has none, ends with 0 and has
 * done nothing. The command line is passed on as text, so that no quoting is lost.
 */
#include <stdio.h>
#include <windows.h>

enum { EXIT_USAGE = 126, EXIT_NOT_STARTED = 127 };

static BOOL is_blank(WCHAR letter) { return letter == L' ' || letter == L'\t'; }

/* The command line without its first word, which is this program. */
static WCHAR *skip_own_name(WCHAR *text)
{
    BOOL quoted = FALSE;
    while (*text && (quoted || !is_blank(*text))) {
        if (*text == L'"')
            quoted = !quoted;
        text++;
    }
    while (is_blank(*text))
        text++;
    return text;
}

static HANDLE inheritable(DWORD which)
{
    HANDLE handle = GetStdHandle(which);
    SetHandleInformation(handle, HANDLE_FLAG_INHERIT, HANDLE_FLAG_INHERIT);
    return handle;
}

int wmain(void)
{
    WCHAR *command = skip_own_name(GetCommandLineW());
    STARTUPINFOW startup = { .cb = sizeof startup, .dwFlags = STARTF_USESTDHANDLES };
    PROCESS_INFORMATION process;
    DWORD code = EXIT_NOT_STARTED;

    if (!*command) {
        fputs("usage: winrun PROGRAM ARGUMENTS...\n", stderr);
        return EXIT_USAGE;
    }
    startup.hStdInput = inheritable(STD_INPUT_HANDLE);
    startup.hStdOutput = inheritable(STD_OUTPUT_HANDLE);
    startup.hStdError = inheritable(STD_ERROR_HANDLE);
    if (!CreateProcessW(NULL, command, NULL, NULL, TRUE, CREATE_NO_WINDOW, NULL, NULL, &startup, &process)) {
        fprintf(stderr, "winrun: CreateProcess failed with %lu\n", GetLastError());
        return EXIT_NOT_STARTED;
    }
    WaitForSingleObject(process.hProcess, INFINITE);
    GetExitCodeProcess(process.hProcess, &code);
    return (int)code;
}
