using System.ComponentModel;
using System.Text;
using CliWrap;

namespace Expflow.Snapshots;

/// <summary>The user's git, run in one folder.</summary>
/// <param name="folder">Where it starts.</param>
/// <param name="variables">Set beside the user's own environment.</param>
internal sealed class GitProgram(string folder, IReadOnlyDictionary<string, string?>? variables = null)
{
    // What a hook or a caller may have set would point git at another repository. Its words are read, so they stay English;
    // and asking must not write to the user's index.
    private static readonly Dictionary<string, string?> Always = new()
    {
        ["GIT_DIR"] = null,
        ["GIT_WORK_TREE"] = null,
        ["GIT_INDEX_FILE"] = null,
        ["GIT_OBJECT_DIRECTORY"] = null,
        ["GIT_ALTERNATE_OBJECT_DIRECTORIES"] = null,
        ["GIT_PREFIX"] = null,
        ["GIT_OPTIONAL_LOCKS"] = "0",
        ["LC_ALL"] = "C",
    };

    private readonly Dictionary<string, string?> environment = new(
        Always
            .Concat(variables ?? new Dictionary<string, string?>())
            .GroupBy(pair => pair.Key, pair => pair.Value)
            .Select(group => KeyValuePair.Create(group.Key, group.Last()))
    );

    /// <summary>Runs git to its end and keeps what it said.</summary>
    public async Task<GitAnswer> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        var text = new StringBuilder();
        var result = await ExecuteAsync(arguments, PipeTarget.ToStringBuilder(text, Encoding.UTF8), cancellation);
        return result with { Text = text.ToString() };
    }

    /// <summary>Runs git with its output in a file: patches may be large, and aren't text.</summary>
    public Task<GitAnswer> RunIntoAsync(string file, IReadOnlyList<string> arguments, CancellationToken cancellation) =>
        ExecuteAsync(arguments, PipeTarget.ToFile(file), cancellation);

    private async Task<GitAnswer> ExecuteAsync(
        IReadOnlyList<string> arguments,
        PipeTarget output,
        CancellationToken cancellation
    )
    {
        var complaint = new StringBuilder();
        try
        {
            var result = await Cli.Wrap("git")
                .WithWorkingDirectory(folder)
                .WithEnvironmentVariables(environment)
                .WithArguments(arguments)
                .WithStandardOutputPipe(output)
                .WithStandardErrorPipe(PipeTarget.ToStringBuilder(complaint, Encoding.UTF8))
                .WithValidation(CommandResultValidation.None)
                .ExecuteAsync(cancellation);
            return new GitAnswer(result.ExitCode, "", complaint.ToString().Trim());
        }
        catch (Win32Exception missing) when (!cancellation.IsCancellationRequested)
        {
            return GitAnswer.NotStarted(missing.Message);
        }
    }
}
