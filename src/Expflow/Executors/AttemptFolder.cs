using System.Globalization;

namespace Expflow.Executors;

/// <summary>Where one attempt of a run keeps what it says: <c>RUN/attempt-N/</c>.</summary>
/// <param name="RunFolder">The run's own folder, absolute.</param>
/// <param name="Number">1, 2, …</param>
public sealed record AttemptFolder(string RunFolder, int Number)
{
    private const string Prefix = "attempt-";

    /// <summary>The folder itself.</summary>
    public string Path => System.IO.Path.Combine(RunFolder, Prefix + Number.ToString(CultureInfo.InvariantCulture));

    /// <summary>Standard output and standard error of the command, in the order in which they came.</summary>
    public string Output => System.IO.Path.Combine(Path, "output.log");

    /// <summary>The file that <c>EXPFLOW_METRICS</c> names.</summary>
    public string Metrics => System.IO.Path.Combine(Path, "metrics.jsonl");

    /// <summary>The exit record: the command's exit code, written by the shell around it, so that it outlives the agent.</summary>
    public string Exit => System.IO.Path.Combine(Path, "exit");

    /// <summary>The modules that were loaded for the command, as <c>LOADEDMODULES</c> has them; there only where the stage loads some.</summary>
    public string Modules => System.IO.Path.Combine(Path, "modules");

    /// <summary>Who carries the attempt out, inside a Slurm job: see <see cref="AttemptNote"/>.</summary>
    public string Note => System.IO.Path.Combine(Path, "agent.json");

    /// <summary>The highest attempt that has a folder; 0 for none.</summary>
    /// <remarks>It lists the folder: on NFS that sees what another node has made, where a look for a single name may be answered from a cache.</remarks>
    public static int Last(string runFolder)
    {
        if (!Directory.Exists(runFolder))
            return 0;
        var last = 0;
        foreach (var path in Directory.EnumerateDirectories(runFolder, Prefix + "*"))
            if (
                int.TryParse(path.AsSpan(path.LastIndexOf('/') + 1 + Prefix.Length), NumberStyles.None, null, out var n)
            )
                last = Math.Max(last, n);
        return last;
    }

    /// <summary>The resolved parameters of the run, in its folder: the same for all attempts.</summary>
    public static string ParametersOf(string runFolder) => System.IO.Path.Combine(runFolder, "parameters.json");

    /// <summary>The folder that outlives attempts.</summary>
    public static string CheckpointsOf(string runFolder) => System.IO.Path.Combine(runFolder, "checkpoints");

    /// <summary>
    /// Takes the next attempt for itself: making a folder succeeds for one process only, on NFS and Lustre too.
    /// </summary>
    /// <param name="runFolder">The run's folder; made when it isn't there.</param>
    /// <param name="after">The last attempt that the journal knows; 0 for none.</param>
    /// <exception cref="IOException">The disk is full or the folder can't be written.</exception>
    public static AttemptFolder Take(string runFolder, int after)
    {
        Directory.CreateDirectory(runFolder);
        for (var number = after + 1; ; number++)
        {
            var attempt = new AttemptFolder(runFolder, number);
            if (MakeDirectory.Exclusively(attempt.Path))
                return attempt;
        }
    }

    /// <summary>The exit code in the exit record; null when there is none, or none that is whole.</summary>
    public int? ReadExit()
    {
        try
        {
            var text = File.ReadAllText(Exit);
            return
                text.EndsWith('\n')
                && int.TryParse(text.AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var code)
                ? code
                : null;
        }
        catch (Exception absent) when (absent is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
