using System.Diagnostics;
using System.Text;

namespace Expflow.ClusterTests;

/// <summary>A project in an awkwardly named folder that all nodes see, worked on with the published binary.</summary>
public sealed class ScratchProject : IDisposable
{
    private readonly string home = Directory.CreateTempSubdirectory("expflow-cluster-test-").FullName;
    private readonly Cluster cluster;

    public ScratchProject(Cluster cluster)
    {
        this.cluster = cluster;
        Directory.CreateDirectory(Root);
        Write("expflow.yaml", "");
        Variables = new() { ["EXPFLOW_CACHE"] = Path.Combine(home, "cache") };
    }

    public string Root => Path.Combine(home, "it's a \"project\"");

    /// <summary>A folder beside the project that goes away with it.</summary>
    public string Home => home;

    /// <summary>Set in everything that is started; null takes a variable away.</summary>
    public Dictionary<string, string?> Variables { get; }

    /// <summary>The path of a file in the project.</summary>
    public string this[string name] => Path.Combine(Root, name);

    public void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[name])!);
        File.WriteAllText(this[name], text);
    }

    /// <summary>A file's text; empty while there is none.</summary>
    public string Read(string name) => File.Exists(this[name]) ? File.ReadAllText(this[name]) : "";

    /// <summary>Runs <c>expflow</c> in the project's folder, however it ends.</summary>
    public Task<Ended> Run(params string[] arguments) => Ended.Of(Starting(Repository.Binary, arguments));

    /// <summary>Runs a line of shell in the project's folder, where <c>expflow</c> is the published binary, however it ends.</summary>
    public Task<Ended> Shell(string line) => Ended.Of(Starting("bash", "-c", line));

    /// <summary>A program to be started in the project, as a client of its cluster.</summary>
    public ProcessStartInfo Starting(string program, params string[] arguments)
    {
        var start = cluster.Clients(new(program, arguments) { WorkingDirectory = Root });
        start.Environment["PATH"] = $"{Path.GetDirectoryName(Repository.Binary)}:{start.Environment["PATH"]}";
        foreach (var (name, value) in Variables)
            start.Environment[name] = value;
        return start;
    }

    /// <summary>Every file and its size, and the last lines of short logs: what a test shows when it gives up.</summary>
    public Task<string> Describe()
    {
        var told = new StringBuilder();
        foreach (var file in Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories).Order().Take(200))
        {
            told.AppendLine($"{Path.GetRelativePath(Root, file)}  {new FileInfo(file).Length} bytes");
            if (Path.GetExtension(file) is ".out" or ".err" or ".log" or ".jsonl")
                foreach (var line in File.ReadLines(file).TakeLast(10))
                    told.AppendLine($"    {line}");
        }
        return Task.FromResult(told.ToString());
    }

    public void Dispose() => Directory.Delete(home, recursive: true);
}
