using Expflow.Documents;

namespace Expflow.Experiments;

/// <summary>Lists every effective value with where it came from.</summary>
internal static class Origin
{
    public static IReadOnlyList<ValueOrigin> Of(DocumentNode.Map tree)
    {
        var origins = new List<ValueOrigin>();
        Walk("", tree, origins);
        return origins;
    }

    private static void Walk(string path, DocumentNode node, List<ValueOrigin> origins)
    {
        if (node is DocumentNode.Map { Entries.Count: > 0 } map)
            foreach (var entry in map.Entries)
                Walk(path.Length == 0 ? entry.Key : $"{path}.{entry.Key}", entry.Value, origins);
        else
            origins.Add(new(path, DocumentJson.Text(node), node.Source));
    }
}
