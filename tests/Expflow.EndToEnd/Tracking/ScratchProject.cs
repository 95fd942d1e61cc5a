using System.Diagnostics;
using System.Text;

namespace Expflow.EndToEnd.Tracking;

/// <summary>A project of the test's own, in a folder with an awkward name, and a shell in it where <c>expflow</c> is the published binary.</summary>
internal sealed class ScratchProject : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("expflow's \"own\" ").FullName;

    public ScratchProject(string experiment)
    {
        File.WriteAllText(Path.Combine(folder, "expflow.yaml"), "");
        File.WriteAllText(Path.Combine(folder, "e.yaml"), experiment);
    }

    /// <summary>Runs a line of shell; what it ended with, and the bytes that it printed on standard output, as Latin-1.</summary>
    public async Task<(int Code, string Printed)> ShellAsync(string line)
    {
        var start = new ProcessStartInfo("bash", ["-c", line])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            StandardOutputEncoding = Encoding.Latin1,
        };
        start.Environment["EXPFLOW_CACHE"] = Path.Combine(folder, "cache");
        start.Environment["PATH"] = $"{Path.GetDirectoryName(Repository.Binary)}:{start.Environment["PATH"]}";
        using var shell = Process.Start(start)!;
        var printed = await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();
        return (shell.ExitCode, printed);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
