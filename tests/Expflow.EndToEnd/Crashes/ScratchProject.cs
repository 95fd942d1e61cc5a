using System.Diagnostics;

namespace Expflow.EndToEnd.Crashes;

/// <summary>A project in an awkwardly named folder, driven by the binary. Whatever it has started is gone when it is disposed.</summary>
internal sealed class ScratchProject : IDisposable
{
    private const string Mark = "EXPFLOW_TEST_PROJECT";
    private readonly string mark = Guid.NewGuid().ToString("N");
    private readonly string home;

    public ScratchProject(string? root = null, int cores = 4)
    {
        home = Directory.CreateTempSubdirectory("expflow-crash-").FullName;
        Root = root ?? Path.Combine(home, "it's a \"project\"");
        Directory.CreateDirectory(Root);
        Cache = Path.Combine(home, "cache");
        Variables = new()
        {
            [Mark] = mark,
            ["EXPFLOW_CACHE"] = Cache,
            ["EXPFLOW_LOCAL_CPUS"] = cores.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["TMPDIR"] = home,
        };
        Write("expflow.yaml", "");
    }

    public string Root { get; }

    /// <summary>A folder beside the project that goes away with it.</summary>
    public string Home => home;

    public string Cache { get; }

    /// <summary>Set in everything that is started; null takes a variable away.</summary>
    public Dictionary<string, string?> Variables { get; }

    public string this[string name] => Path.Combine(Root, name);

    public void Write(string name, string text) => File.WriteAllText(this[name], text);

    /// <summary>Starts <c>expflow</c> in the project's folder.</summary>
    public Started Start(params string[] arguments) => StartProgram(Repository.Binary, arguments);

    /// <summary>Runs <c>expflow</c> to its end.</summary>
    public Ended Run(params string[] arguments) => Start(arguments).Wait();

    /// <summary>Starts any program with the project's variables, in its folder.</summary>
    public Started StartProgram(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var (name, value) in Variables)
            start.Environment[name] = value;
        return new(Process.Start(start)!);
    }

    /// <summary>The agent at work now.</summary>
    public int? Agent =>
        Marked()
            .Where(one => one.Command.Contains("\0agent\0", StringComparison.Ordinal))
            .Select(one => one.Pid)
            .Order()
            .Cast<int?>()
            .FirstOrDefault();

    /// <summary>Processes of runs that are alive.</summary>
    public IReadOnlyList<int> Runs =>
        [
            .. Marked()
                .Where(one => one.Environment.Contains("\0EXPFLOW_ATTEMPT_TOKEN=", StringComparison.Ordinal))
                .Select(one => one.Pid),
        ];

    /// <summary>The agent, once there is one.</summary>
    public int AwaitAgent()
    {
        Await(() => Agent is not null, "an agent");
        return Agent!.Value;
    }

    public static void Await(Func<bool> holds, string what)
    {
        for (var waited = Stopwatch.StartNew(); !holds(); Task.Delay(10).Wait())
            if (waited.Elapsed > TimeSpan.FromSeconds(30))
                throw new TimeoutException($"There was never {what}.");
    }

    public static void Signal(string signal, params IEnumerable<int> pids)
    {
        using var kill = Process.Start("/bin/sh", ["-c", $"kill -{signal} {string.Join(' ', pids)} 2>/dev/null"]);
        kill.WaitForExit();
    }

    public void Dispose()
    {
        while (Marked().Select(one => one.Pid).ToList() is { Count: > 0 } left)
            Signal("KILL", left);
        Directory.Delete(home, recursive: true);
    }

    private IEnumerable<(int Pid, string Command, string Environment)> Marked()
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
            if (int.TryParse(Path.GetFileName(folder), out var pid) && pid != Environment.ProcessId)
                if (
                    Read($"{folder}/environ") is { } environment
                    && environment.Contains($"{Mark}={mark}", StringComparison.Ordinal)
                )
                    yield return (pid, Read($"{folder}/cmdline") ?? "", "\0" + environment);
    }

    private static string? Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
