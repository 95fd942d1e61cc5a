using Expflow.Processes;

namespace Expflow.Executors;

/// <summary>NVIDIA's multi-process service for all runs of an agent, so that those that share a GPU run on it at the same time.</summary>
/// <remarks>See NVIDIA's "Multi-Process Service", 4.1.3 and 5.1.1: one control daemon per pipe directory, whose sockets need a short local path.</remarks>
public sealed class MpsDaemon : IDisposable
{
    private const string Program = "nvidia-cuda-mps-control";
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly string folder;
    private readonly string program;
    private readonly string shell;
    private readonly EnvironmentBlock environment;

    private MpsDaemon(string folder, string program, string shell, IReadOnlyDictionary<string, string> variables)
    {
        (this.folder, this.program, this.shell) = (folder, program, shell);
        Variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["CUDA_MPS_PIPE_DIRECTORY"] = Path.Combine(folder, "pipe"),
            ["CUDA_MPS_LOG_DIRECTORY"] = Path.Combine(folder, "log"),
        };
        environment = new(
            variables.Concat(Variables).DistinctBy(pair => pair.Key).ToDictionary(StringComparer.Ordinal)
        );
    }

    /// <summary>What runs need to find it.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; }

    /// <summary>Starts it for the GPUs that the variables name; null with the reason when that can't be done.</summary>
    /// <param name="variables">The variables of this process.</param>
    /// <param name="job">The Slurm job, for the folder's name; null for none.</param>
    /// <param name="trouble">Why not.</param>
    public static MpsDaemon? Start(IReadOnlyDictionary<string, string> variables, string? job, out string trouble)
    {
        var programs = new ProgramSearch(variables.GetValueOrDefault("PATH"));
        trouble = $"there is no program '{Program}' in PATH";
        if (programs.Find(Program, "/") is not { } program)
            return null;
        var folder = Directory.CreateTempSubdirectory($"expflow-mps-{job ?? "none"}-").FullName;
        var daemon = new MpsDaemon(folder, program, programs.Find("sh", "/") ?? "/bin/sh", variables);
        foreach (var path in daemon.Variables.Values)
            Directory.CreateDirectory(path);
        var (code, said) = daemon.Call("\"$0\" -d");
        if (code == 0)
            return daemon;
        trouble = $"'{Program} -d' failed{(code is null ? "" : $" with exit code {code}")}: {said.Trim()}";
        daemon.Dispose();
        return null;
    }

    /// <summary>Ends it, and removes what it has left. Its runs have ended.</summary>
    public void Dispose()
    {
        Call("echo quit | \"$0\"");
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    private (int? Code, string Said) Call(string script)
    {
        using var call = Inquiry.Start(shell, ["-c", script, program], environment);
        return call?.IsOver(Longest) == true ? call.Answer() : (null, "it gave no answer");
    }
}
