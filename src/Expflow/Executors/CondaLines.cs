using Expflow.Templates;

namespace Expflow.Executors;

/// <summary>Activates a conda environment.</summary>
internal static class CondaLines
{
    // A login shell's start-up files, which a job's shell doesn't read, put conda in PATH.
    private const string Find = """
        expflow_conda=
        for expflow_file in "$(command -v conda)" "$CONDA_EXE" ~/miniforge3/bin/conda ~/miniconda3/bin/conda ~/mambaforge/bin/conda ~/anaconda3/bin/conda /opt/conda/bin/conda; do
          [ -f "$expflow_file" ] && [ -x "$expflow_file" ] && expflow_conda=$expflow_file && break
        done
        [ -n "$expflow_conda" ] || expflow_stop 127 "there is no program 'conda' in PATH, in CONDA_EXE or in its usual folders"
        expflow_hook=$("$expflow_conda" shell.bash hook) || expflow_stop $? "'$expflow_conda shell.bash hook' failed with exit code $?"
        eval "$expflow_hook"

        """;

    public static string Of(string environment)
    {
        var word = ShellQuoting.Word(environment);
        return Find
            + $"conda activate {word} || expflow_stop $? \"'conda activate \"{word}\"' failed with exit code $?\"\n";
    }
}
