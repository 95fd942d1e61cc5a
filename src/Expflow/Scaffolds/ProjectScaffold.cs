using System.Text;
using Expflow.Problems;
using Expflow.Projects;

namespace Expflow.Scaffolds;

/// <summary>Makes a folder a project. What the user has written is left as it is; doing it again changes nothing.</summary>
/// <param name="root">The folder, absolute.</param>
public sealed class ProjectScaffold(string root)
{
    /// <summary>The schema of experiment files, for editors, in the project's folder.</summary>
    public const string SchemaFile = "expflow.schema.json";

    private static readonly string[] Ignored = ["/.expflow/", "/runs/"];

    private const string ProjectText = """
        # A folder with this file is an Expflow project. What stands here holds for all of its experiments, where they
        # don't say otherwise. Everything may stay commented out.

        # What runs ask for. While account and partition stay open, the jobs of each who works here go to their own default
        # account and to the cluster's default partition, so that a colleague's clone works as it is.
        # resources:
        #   cpus: 1
        #   memory: 4G
        #   walltime: 1h
        #   account: your-account        # Slurm's
        #   partition: your-partition

        # What is set up before each command.
        # environment:
        #   modules: [cuda/11.8.0]
        #   venv: .venv

        # Which endings are tried again.
        # retry:
        #   out_of_memory: {memory: x2, times: 2}
        #   timed_out: {walltime: x1.5, times: 2}

        """;

    /// <summary>What became of each file, by its name in the folder.</summary>
    /// <param name="Made">Files that were not there.</param>
    /// <param name="Changed">Files that were added to, or that Expflow had made and has brought up to date.</param>
    /// <param name="Kept">Files that were as they should be, or are the user's.</param>
    public sealed record Outcome(IReadOnlyList<string> Made, IReadOnlyList<string> Changed, IReadOnlyList<string> Kept);

    /// <summary>Whether the folder has its project file already.</summary>
    public bool IsThere => File.Exists(Path.Combine(root, ProjectFolder.FileName));

    /// <summary>Writes what is missing.</summary>
    /// <param name="schema">The schema's text.</param>
    /// <param name="site">What is known of the cluster, to stand as comments in a new project file: nothing that is one user's.</param>
    public Checked<Outcome> Write(string schema, params IReadOnlyList<string> site)
    {
        var outcome = (Made: new List<string>(), Changed: new List<string>(), Kept: new List<string>());
        try
        {
            // What makes it a project comes last: a disk that is full before leaves none.
            ListFor(SchemaFile, text => text == schema ? null : schema).Add(SchemaFile);
            ListFor(".gitignore", WithIgnored).Add(".gitignore");
            ListFor(ProjectFolder.FileName, text => text is null ? ProjectText + Comments(site) : null)
                .Add(ProjectFolder.FileName);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return new Problem(
                $"'{root}' can't be written: {refused.Message} Make room or ask for the right to write there."
            );
        }
        return new Outcome(outcome.Made, outcome.Changed, outcome.Kept);

        List<string> ListFor(string name, Func<string?, string?> wanted)
        {
            var path = Path.Combine(root, name);
            var there = File.Exists(path) ? File.ReadAllText(path) : null;
            if (wanted(there) is not { } text)
                return outcome.Kept;
            File.WriteAllText(path, text);
            return there is null ? outcome.Made : outcome.Changed;
        }
    }

    private static string Comments(IReadOnlyList<string> lines) =>
        lines.Count == 0 ? "" : "\n" + string.Concat(lines.Select(line => $"# {line}".TrimEnd() + "\n"));

    // A line with or without slashes is the same to whoever wrote it.
    private static string? WithIgnored(string? there)
    {
        var lines = (there ?? "").Split('\n').Select(line => line.Trim().Trim('/')).ToHashSet();
        var missing = Ignored.Where(line => !lines.Contains(line.Trim('/'))).ToList();
        if (missing.Count == 0)
            return null;
        var text = new StringBuilder(there);
        if (text.Length > 0 && text[^1] != '\n')
            text.Append('\n');
        text.Append("# What Expflow keeps, and its runs\n");
        foreach (var line in missing)
            text.Append(line).Append('\n');
        return text.ToString();
    }
}
