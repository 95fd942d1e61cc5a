using Expflow.Documents;
using Expflow.Problems;

namespace Expflow.Experiments;

/// <summary>Reads a file with all that it extends: maps merge deeply, lists and values replace.</summary>
internal sealed class Inheritance(List<Problem> problems)
{
    private readonly List<(string Full, string Shown)> chain = [];

    /// <summary>The merged tree, without <c>extends</c>; null when a file can't be read at all.</summary>
    /// <param name="shown">The path as the user would type it.</param>
    public DocumentNode.Map? Load(string shown)
    {
        var read = YamlReader.ReadFile(shown, shown);
        if (!read.TryGet(out var root))
        {
            problems.AddRange(read.Problems);
            return null;
        }
        if (root is not DocumentNode.Map map)
        {
            problems.Add(
                root.Source.Problem($"'{shown}' takes a map such as 'experiment: name'; this is {root.Kind}.")
            );
            return null;
        }
        chain.Add((Path.GetFullPath(shown), shown));
        var merged = WithBases(map, shown);
        chain.RemoveAt(chain.Count - 1);
        return merged;
    }

    private DocumentNode.Map WithBases(DocumentNode.Map map, string shown)
    {
        var child = map.With("extends", null);
        DocumentNode.Map? bases = null;
        // Unknown keys are told again when the whole is read, and once in the end.
        foreach (var name in new MapReader(map, ExperimentKeys.Experiment, problems).Texts("extends") ?? [])
            if (Base(name, shown) is { } found)
                bases = bases is null ? found : Merge(bases, found, "");
        // A name is one file's own: two experiments of one name would share their runs.
        return bases is null ? child : Merge(bases.With("experiment", null), child, "");
    }

    private DocumentNode.Map? Base(DocumentNode.Scalar name, string shown)
    {
        var path = Path.Combine(Path.GetDirectoryName(shown) ?? "", name.Text);
        var full = Path.GetFullPath(path);
        if (chain.FindIndex(each => each.Full == full) is var at and >= 0)
        {
            var circle = chain[at..].Select(each => each.Shown).Append(chain[at].Shown);
            problems.Add(name.Source.Problem($"'extends' goes in a circle: {string.Join(" → ", circle)}. Remove one."));
            return null;
        }
        if (File.Exists(full))
            return Load(path);
        problems.Add(name.Source.Problem($"'{name.Text}' does not exist; looked for '{path}'. Check the path."));
        return null;
    }

    /// <summary>The child's values over the parent's. The parent's order first, so that a file that adds nothing changes nothing.</summary>
    public static DocumentNode.Map Merge(DocumentNode.Map parent, DocumentNode.Map child, string path)
    {
        var entries = new List<DocumentEntry>(parent.Entries.Count + child.Entries.Count);
        foreach (var entry in parent.Entries)
            if (child.Entries.FirstOrDefault(own => own.Key == entry.Key) is not { } own)
                entries.Add(entry);
            else if (
                entry.Value is DocumentNode.Map under
                && own.Value is DocumentNode.Map over
                && !IsOneChoice(path, entry.Key)
            )
                entries.Add(own with { Value = Merge(under, over, $"{path}.{entry.Key}") });
            else
                entries.Add(own);
        entries.AddRange(child.Entries.Where(own => parent.Entries.All(entry => entry.Key != own.Key)));
        return new(entries, child.Source);
    }

    // {uniform: …} over {choice: …} is another distribution, not both; a source of metrics is replaced as a whole too.
    private static bool IsOneChoice(string path, string key) =>
        path == ".sweep.random.parameters"
        || (key == "metrics" && (path.Length == 0 || path.StartsWith(".stages.", StringComparison.Ordinal)));
}
