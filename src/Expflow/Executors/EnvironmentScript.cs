using System.Text;
using Expflow.Experiments;

namespace Expflow.Executors;

/// <summary>The lines of bash that set a stage's environment up before its command.</summary>
/// <remarks>
/// In this order: modules; MPS; then conda, venv and setup lines with the command, all four inside the container where there is one. What fails
/// says so, with its name, and the script ends with its exit code; nothing of the setting up is strict about unset variables, since profiles and
/// module functions are not written for that.
/// </remarks>
public static class EnvironmentScript
{
    // 127 is what a shell says of a program that it can't find.
    private const string Stop = """
        expflow_stop() { printf 'expflow: %s\n' "$2" >&2; exit "$1"; }

        """;

    // A signal is for the command: the shell around it waits while it saves, and then ends with its code, 75 above all, rather than go on with the
    // next line. When nothing failed, a last line has a second to end well: a loop of the shell's own must not outlive the signal. Handlers, unlike
    // ignored signals, are not handed down.
    private const string Wait = """
        trap 'expflow_code=$?; [ $expflow_code = 0 ] || exit $expflow_code; trap - TERM INT HUP; { sleep 1; kill -TERM $$; } >/dev/null 2>&1 &' TERM INT HUP
        trap : USR1 USR2

        """;

    /// <summary>A script that sets up, stops with the exit code of what fails, and then runs the command.</summary>
    /// <param name="stage">The stage: what to set up, and whether it has GPUs.</param>
    /// <param name="folders">The folders of the run.</param>
    /// <param name="command">The command, quoted for a shell.</param>
    public static string With(Stage stage, ScriptFolders folders, string command)
    {
        var environment = stage.Environment;
        if (!environment.NeedsShell)
            return Wait + command;
        var script = new StringBuilder(Stop);
        ModuleLines.Append(script, environment.Modules, folders.Modules);
        if (environment.Mps)
            script.Append(MpsLines.Start);
        if (environment.Container is { } container)
            ContainerLines.Append(script, container, stage, folders, Inside(environment, folders.Project, command));
        else if (environment.Mps)
            // A shell of its own: 'exec' and traps of the command don't keep the daemon from being ended.
            script.Append("(\n").Append(Prepared(environment, folders.Project, command)).Append("\n)\n");
        else
            script.Append(Prepared(environment, folders.Project, command));
        return script.ToString();
    }

    private static string Inside(EnvironmentSpec environment, string project, string command) =>
        environment is { Conda: null, Venv: null, Setup: [] }
            ? Wait + command
            : Stop + Prepared(environment, project, command);

    // What stands nearest to the command: an image has its own conda, and a venv of its own Python.
    private static string Prepared(EnvironmentSpec environment, string project, string command)
    {
        var script = new StringBuilder();
        if (environment.Conda is { } conda)
            script.Append(CondaLines.Of(conda));
        if (environment.Venv is { } venv)
            AppendVenv(script, ShellPath.Of(project, Path.Combine(venv, "bin/activate")));
        if (environment.Setup.Count > 0)
            AppendSetup(script, environment.Setup);
        return script.Append(Wait).Append(command).ToString();
    }

    private static void AppendVenv(StringBuilder script, string activate) =>
        script.Append(
            $"""
            [ -f {activate} ] || expflow_stop 127 "there is no virtual environment's "{activate}
            . {activate} || expflow_stop $? "'venv' failed with exit code $?"

            """
        );

    // The lines are the user's and may be one construct together, so bash says which command of them failed.
    private static void AppendSetup(StringBuilder script, IReadOnlyList<string> lines)
    {
        script.Append(
            """
            [ -z "$BASH_VERSION" ] || trap 'expflow_stop $? "'"'setup'"' failed with exit code $? at: $BASH_COMMAND"' ERR
            set -e

            """
        );
        foreach (var line in lines)
            script.Append(line).Append('\n');
        script.Append("set +e\n[ -z \"$BASH_VERSION\" ] || trap - ERR\n");
    }
}
