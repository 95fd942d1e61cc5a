using System.Diagnostics;
using Xunit;

namespace Expflow.EndToEnd.Guides;

/// <summary>Somebody who types what a guide tells, in a copy of the examples, and looks whether it does what the guide says.</summary>
/// <param name="root">This repository.</param>
/// <param name="binary">The published binary.</param>
/// <param name="folder">Where the copy is made.</param>
/// <param name="variables">Set in everything that is typed.</param>
internal sealed class GuideReader(
    string root,
    string binary,
    string folder,
    IReadOnlyDictionary<string, string> variables
)
{
    /// <summary>Guides that need a Slurm cluster.</summary>
    public static readonly string[] OnSlurm = ["advice.md", "clusters.md", "pools.md", "recovery.md", "slurm.md"];

    /// <summary>Follows a guide of docs/guide from its first line to its last.</summary>
    public async Task FollowAsync(string guide)
    {
        var blocks = GuideBlock.Read(File.ReadAllLines(Path.Combine(root, "docs/guide", guide)));
        await PrepareAsync();

        foreach (var block in blocks)
        {
            var (code, printed) = await ShellAsync(block.Commands);
            Assert.True(
                code == 0,
                $"docs/guide/{guide}:{block.Line} ended with {code}:\n{block.Commands}\n\n{printed}"
            );
            Assert.True(
                block.Missing(printed) is not { } missing,
                $"docs/guide/{guide}:{block.Line} did not print '{block.Missing(printed)}':\n{printed}"
            );
        }
    }

    // A reader starts in a copy of the examples, in a repository of his own, with the quickstart's program compiled.
    private async Task PrepareAsync()
    {
        var (code, printed) = await ShellAsync(
            """
            cp -r "$EXAMPLES/." . && mkdir -p quickstart/bin
            [ -z "${QUICKSTART_BINARY-}" ] || cp "$QUICKSTART_BINARY" quickstart/bin/
            printf 'bin/\nruns/\n.here\n.cache/\n' > .gitignore
            git init -q && git add -A && git -c user.name=n -c user.email=e commit -q -m examples
            """
        );
        Assert.True(code == 0, printed);
    }

    private async Task<(int Code, string Printed)> ShellAsync(string commands)
    {
        // The folder that one block ends in is where the next one starts.
        var start = new ProcessStartInfo(
            "bash",
            ["-c", $"cd \"$(cat .here 2>/dev/null || pwd)\"\n{{ set -e\n{commands}\n}} 2>&1\npwd > \"$SCRATCH/.here\""]
        )
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
        };
        start.Environment["SCRATCH"] = folder;
        start.Environment["EXAMPLES"] = Path.Combine(root, "examples");
        start.Environment["EXPFLOW_CACHE"] = Path.Combine(folder, ".cache");
        start.Environment["PATH"] = $"{Path.GetDirectoryName(binary)}:{Environment.GetEnvironmentVariable("PATH")}";
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var printed = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, printed);
    }
}
