using System.Text;
using Expflow.Experiments;
using Expflow.Templates;

namespace Expflow.Executors;

/// <summary>The lines of bash that set a stage's environment up before its command.</summary>
public static class EnvironmentScript
{
    /// <summary>A script that sets up, stops with the failing line's exit code if that fails, and then runs the command.</summary>
    /// <param name="environment">What to set up.</param>
    /// <param name="project">The project's folder, which a venv's path is relative to.</param>
    /// <param name="command">The command, quoted for a shell.</param>
    public static string With(EnvironmentSpec environment, string project, string command)
    {
        if (!environment.NeedsShell)
            return command;
        var script = new StringBuilder("set -e\n");
        if (environment.Modules.Count > 0)
        {
            // The function 'module' comes with login shells; a job's shell is none.
            script.Append("type module >/dev/null 2>&1 || . /etc/profile\n");
            foreach (var module in environment.Modules)
                script.Append("module load ").Append(ShellQuoting.Word(module)).Append('\n');
        }
        if (environment.Conda is { } conda)
            script
                .Append("eval \"$(conda shell.bash hook)\"\nconda activate ")
                .Append(ShellQuoting.Word(conda))
                .Append('\n');
        if (environment.Venv is { } venv)
            script.Append(". ").Append(ShellQuoting.Word(Path.Combine(project, venv, "bin/activate"))).Append('\n');
        foreach (var line in environment.Setup)
            script.Append(line).Append('\n');
        return script.Append("set +e\n").Append(command).ToString();
    }
}
