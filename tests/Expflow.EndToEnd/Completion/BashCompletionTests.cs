using System.Diagnostics;
using Xunit;

namespace Expflow.EndToEnd.Completion;

/// <summary>What bash itself completes with the script that <c>expflow completion bash</c> prints.</summary>
public sealed class BashCompletionTests : IDisposable
{
    // As bash calls the function when a user presses tab at the end of the line.
    private const string Script = """
        PATH=$(dirname "$1"):$PATH
        source <(expflow completion bash)
        complete -p expflow >/dev/null || exit 9
        COMP_LINE=$2 COMP_POINT=${#2}
        read -ra COMP_WORDS <<<"$2"
        [[ $2 == *' ' ]] && COMP_WORDS+=('')
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        _expflow
        printf '%s\n' "${COMPREPLY[@]}"
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("expflow completes ").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("expflow pl", "plan plot")]
    [InlineData("expflow check ", "digits.yaml experiments/other.yaml")]
    [InlineData("expflow check exp", "experiments/other.yaml")]
    [InlineData("expflow check digits.yaml --or", "--origin")]
    [InlineData("expflow new x --template s", "stages sweep")]
    [InlineData("expflow completion ", "bash fish zsh")]
    public async Task Tab_completes(string line, string completed)
    {
        File.WriteAllText(Path.Combine(folder, "expflow.yaml"), "");
        File.WriteAllText(Path.Combine(folder, "digits.yaml"), "");
        Directory.CreateDirectory(Path.Combine(folder, "experiments"));
        File.WriteAllText(Path.Combine(folder, "experiments/other.yaml"), "");
        var start = new ProcessStartInfo("bash", ["-c", Script, "bash", Repository.Binary, line])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
        };
        using var bash = Process.Start(start)!;
        var printed = await bash.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await bash.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(completed.Split(' '), printed.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order());
    }
}
