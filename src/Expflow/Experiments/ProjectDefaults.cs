using Expflow.Documents;
using Expflow.Problems;
using Expflow.Templates;

namespace Expflow.Experiments;

/// <summary>What the project file (<c>expflow.yaml</c>) says for all experiments.</summary>
public sealed record ProjectDefaults
{
    /// <summary>Nothing said.</summary>
    public static readonly ProjectDefaults None = new();

    private ProjectDefaults() { }

    internal DocumentNode.Map Tree { get; private init; } = new([], new ValueSource.Option(""));

    /// <summary>The project's name, when the file gives it.</summary>
    public string? Name { get; private init; }

    /// <summary>Reads the project file. An empty one says nothing, and is fine.</summary>
    /// <param name="file">The file on disk.</param>
    /// <param name="shown">Its name in messages, as the user would type it; null when that is <paramref name="file"/>.</param>
    public static Checked<ProjectDefaults> Read(string file, string? shown = null)
    {
        shown ??= file;
        if (File.Exists(file) && new FileInfo(file).Length < 4096 && IsBlank(file))
            return None;
        if (YamlReader.ReadFile(file, shown) is var read && !read.TryGet(out var root))
            return Checked<ProjectDefaults>.Failed(read.Problems);
        if (root is not DocumentNode.Map map)
            return root is DocumentNode.Scalar { Value: null }
                ? None
                : root.Source.Problem(
                    $"'{shown}' takes a map such as 'resources: {{account: name}}'; this is {root.Kind}."
                );
        var problems = new List<Problem>();
        var reader = new MapReader(map, ExperimentKeys.Project, problems);
        var name = reader.Text("project");
        reader.Text("description");
        if (reader.MapOf("resources") is { } resources)
            ResourcesReader.Read(resources, problems);
        if (reader.MapOf("slurm") is { } slurm)
            SlurmReader.Read(slurm, problems);
        if (reader.MapOf("pool") is { } pool)
            PoolReader.Read(pool, problems);
        if (reader.MapOf("retry") is { } retry)
            RetryReader.Read(retry, problems);
        if (reader.MapOf("environment") is { } environment)
            EnvironmentReader.Read(environment, new TemplateScope([], [], []), problems);
        return problems.Count > 0
            ? Checked<ProjectDefaults>.Failed(problems)
            : new ProjectDefaults { Tree = map, Name = name };
    }

    /// <summary>A pool as the project has it, with what a command line says of it over that.</summary>
    /// <param name="said">Key, the option as it was typed, and its value.</param>
    public Checked<PoolSettings> Pool(IEnumerable<(string Key, string Option, string Value)> said)
    {
        var map = Tree["pool"] as DocumentNode.Map ?? new([], new ValueSource.Option("expflow pool start"));
        // An account or partition of the project holds for its pools, too.
        foreach (var key in (ReadOnlySpan<string>)["account", "partition", "qos"])
            if (map[key] is null && (Tree["resources"] as DocumentNode.Map)?[key] is { } own)
                map = map.With(key, own);
        foreach (var (key, option, value) in said)
        {
            var source = new ValueSource.Option(option);
            map = PoolReader.Without(map, key).With(key, YamlReader.ReadValue(value, source), source);
        }
        var problems = new List<Problem>();
        var pool = PoolReader.Read(map, problems);
        return problems.Count > 0 ? Checked<PoolSettings>.Failed(problems) : pool;
    }

    private static bool IsBlank(string file) =>
        File.ReadLines(file).All(line => line.AsSpan().Trim() is [] or ['#', ..]);
}
