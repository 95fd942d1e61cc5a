using System.Text;
using Expflow.Experiments;
using Expflow.Templates;

namespace Expflow.Executors;

/// <summary>Puts a container around a command, by Apptainer or Singularity, which take the same options.</summary>
internal static class ContainerLines
{
    // Both hand the environment on, unless an option such as --cleanenv forbids it: what the run needs is named to them once more.
    private const string Names = "${!EXPFLOW_@} CUDA_VISIBLE_DEVICES OMP_NUM_THREADS";

    // Images needn't have bash.
    private const string Shell =
        "/bin/sh -c 'if command -v bash >/dev/null 2>&1; then exec bash -c \"$1\"; else exec sh -c \"$1\"; fi' sh";

    public static void Append(
        StringBuilder script,
        ContainerSpec container,
        Stage stage,
        ScriptFolders folders,
        string inside
    )
    {
        AppendProgram(script, container.Program);
        AppendVariables(script, stage.Environment);
        AppendBinds(script, folders, stage.Environment.Mps);
        // With MPS to be ended afterwards this shell stays.
        script.Append(stage.Environment.Mps ? "" : "exec ").Append("\"$expflow_program\" exec");
        foreach (var option in Options(container, stage, folders.Project))
            script.Append(' ').Append(option);
        script
            .Append(" \"${expflow_binds[@]}\" --pwd ")
            .Append(ShellQuoting.Word(folders.Start))
            .Append(' ')
            .Append(ImageOf(container, folders.Project))
            .Append($" {Shell} {ShellQuoting.Word(inside)}\n");
    }

    private static IEnumerable<string> Options(ContainerSpec container, Stage stage, string project)
    {
        if (container.Gpu ?? stage.Resources.Gpus is { Count: > 0 })
            yield return "--nv";
        foreach (var overlay in container.Overlays)
            yield return $"--overlay {PathWithRest(project, overlay)}";
        foreach (var bind in container.Binds)
            yield return $"--bind {PathWithRest(project, bind)}";
        foreach (var option in container.Options)
            yield return ShellQuoting.Word(option);
    }

    private static void AppendProgram(StringBuilder script, string? program)
    {
        string[] names = program is null ? ["apptainer", "singularity"] : [program];
        script.Append(
            $"""
            expflow_program=
            for expflow_name in {string.Join(
                ' ',
                names
            )}; do command -v $expflow_name >/dev/null 2>&1 && expflow_program=$expflow_name && break; done
            [ -n "$expflow_program" ] || expflow_stop 127 "there is no program {string.Join(
                " or ",
                names.Select(name => $"'{name}'")
            )} in PATH on $(hostname); 'container' needs one"

            """
        );
    }

    private static void AppendVariables(StringBuilder script, EnvironmentSpec environment)
    {
        var names = string.Join(' ', environment.Variables.Select(variable => variable.Key).Prepend(Names));
        if (environment.Mps)
            names += " CUDA_MPS_PIPE_DIRECTORY CUDA_MPS_LOG_DIRECTORY";
        script.Append(
            $$"""
            case $expflow_program in apptainer) expflow_prefix=APPTAINERENV_;; *) expflow_prefix=SINGULARITYENV_;; esac
            for expflow_name in {{names}}; do [ -z "${!expflow_name+x}" ] || export "$expflow_prefix$expflow_name=${!expflow_name}"; done

            """
        );
    }

    // Project, code and run are seen inside by the same names as outside. Behind a link stands another folder, which has to be there too; a comma or
    // colon in a name is taken by --mount only.
    private static void AppendBinds(StringBuilder script, ScriptFolders folders, bool mps)
    {
        var shown = new[] { folders.Project, folders.Code, folders.Run, folders.Start }
            .Distinct(StringComparer.Ordinal)
            .Select(ShellQuoting.Word)
            .Concat(mps ? ["\"$expflow_mps\""] : []);
        script.Append(
            $$"""
            expflow_binds=() expflow_shown=()
            expflow_show() {
              for expflow_above in "${expflow_shown[@]}"; do case $1/ in "$expflow_above"/*) return;; esac; done
              expflow_shown+=("$1")
              case $1 in *[,:]*) expflow_binds+=(--mount "type=bind,\"source=$1\",\"destination=$1\"");; *) expflow_binds+=(--bind "$1");; esac
            }
            for expflow_folder in {{string.Join(
                ' ',
                shown
            )}}; do expflow_show "$(readlink -f -- "$expflow_folder")"; expflow_show "$expflow_folder"; done

            """
        );
    }

    private static string ImageOf(ContainerSpec container, string project) =>
        container.Image.Contains("://", StringComparison.Ordinal)
            ? ShellQuoting.Word(container.Image)
            : ShellPath.Of(project, container.Image);

    // What follows the first colon is the place inside, or 'ro'.
    private static string PathWithRest(string project, string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0
            ? ShellPath.Of(project, text)
            : ShellPath.Of(project, text[..colon]) + ShellQuoting.Word(text[colon..]);
    }
}
