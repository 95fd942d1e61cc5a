using System.Diagnostics;
using Xunit;

namespace Expflow.EndToEnd.Guides;

/// <summary>What a guide tells people to type is typed, and does what the guide says.</summary>
public sealed class GuideTests : IDisposable
{
    private readonly string scratch = Directory.CreateTempSubdirectory("expflow guide's ").FullName;

    public static TheoryData<string> Guides() =>
        [
            .. Directory
                .GetFiles(Path.Combine(Repository.Root, "docs/guide"), "*.md")
                .Select(path => Path.GetFileName(path))
                .Order(),
        ];

    public void Dispose() => Directory.Delete(scratch, recursive: true);

    [Theory]
    [MemberData(nameof(Guides))]
    public async Task Every_command_of_a_guide_works_as_it_says(string guide)
    {
        var blocks = GuideBlock.Read(File.ReadAllLines(Path.Combine(Repository.Root, "docs/guide", guide)));
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
            cp -r "$EXAMPLES/." . && mkdir -p quickstart/bin && cp "$QUICKSTART_BINARY" quickstart/bin/
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
            WorkingDirectory = scratch,
            RedirectStandardOutput = true,
        };
        start.Environment["SCRATCH"] = scratch;
        start.Environment["EXAMPLES"] = Path.Combine(Repository.Root, "examples");
        start.Environment["QUICKSTART_BINARY"] = Repository.QuickstartBinary;
        start.Environment["EXPFLOW_CACHE"] = Path.Combine(scratch, ".cache");
        start.Environment["PATH"] =
            $"{Path.GetDirectoryName(Repository.Binary)}:{Environment.GetEnvironmentVariable("PATH")}";
        using var process = Process.Start(start)!;
        var printed = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, printed);
    }
}
