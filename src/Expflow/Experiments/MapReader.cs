using System.Globalization;
using Expflow.Documents;
using Expflow.Parameters;
using Expflow.Problems;

namespace Expflow.Experiments;

/// <summary>Takes typed values out of one map of the file; every problem goes to a list that all readers share.</summary>
internal sealed class MapReader
{
    private readonly DocumentNode.Map map;

    public MapReader(DocumentNode.Map map, KeyTable keys, List<Problem> problems)
    {
        this.map = map;
        Problems = problems;
        foreach (var entry in map.Entries)
            if (!keys.Names.Contains(entry.Key, StringComparer.Ordinal))
                problems.Add(entry.KeySource.Problem(Unknown(entry.Key, keys)));
    }

    public List<Problem> Problems { get; }

    public DocumentNode.Map Map => map;

    /// <summary>The value, unless it is absent or nothing.</summary>
    public DocumentNode? this[string key] =>
        map[key] is { } node and not DocumentNode.Scalar { Value: null } ? node : null;

    public static string Unknown(string key, KeyTable keys) =>
        Suggestion.For(key, keys.Names) is { } near
            ? $"'{key}' is not a key of '{keys.Name}'. Did you mean '{near}'?"
            : $"'{key}' is not a key of '{keys.Name}'. Its keys are {string.Join(", ", keys.Names)}.";

    public void Wrong(DocumentNode node, string text) => Problems.Add(node.Source.Problem(text));

    /// <summary>A text; numbers and booleans are taken as they are written.</summary>
    public string? Text(string key)
    {
        switch (this[key])
        {
            case null:
                return null;
            case DocumentNode.Scalar { Text.Length: > 0 } scalar:
                return scalar.Text;
            case DocumentNode.Scalar empty:
                Wrong(empty, $"'{key}' is empty. Give it a text, or remove it.");
                return null;
            case { } other:
                Wrong(other, $"'{key}' takes a text; this is {other.Kind}.");
                return null;
        }
    }

    /// <summary>A text or a list of texts, each with its node; null when the key is absent.</summary>
    public IReadOnlyList<DocumentNode.Scalar>? Texts(string key)
    {
        var node = this[key];
        if (node is null)
            return map[key] is null ? null : [];
        var items = node is DocumentNode.Sequence list ? list.Items : [node];
        var texts = new List<DocumentNode.Scalar>();
        foreach (var item in items)
            if (item is DocumentNode.Scalar { Value: not null } scalar)
                texts.Add(scalar);
            else
                Wrong(item, $"'{key}' takes a text or a list of texts; this is {item.Kind}.");
        return texts;
    }

    public long? Whole(string key, KeyTable keys)
    {
        if (this[key] is not { } node)
            return null;
        var (least, most) = keys.Keys.Single(each => each.Name == key).Shape is KeyShape.Whole range
            ? (range.Least, range.Most)
            : throw new ArgumentException($"'{key}' is no whole number.", nameof(key));
        if (
            node is DocumentNode.Scalar { Value: ParameterValue.Integer { Value: var value } }
            && value >= least
            && value <= most
        )
            return value;
        var bounds = (least, most) switch
        {
            (long.MinValue, long.MaxValue) => "",
            (_, long.MaxValue) => $", {least} or more",
            _ => string.Create(CultureInfo.InvariantCulture, $" from {least} to {most}"),
        };
        Wrong(node, $"'{key}' takes a whole number{bounds}; this is {Shown(node)}.");
        return null;
    }

    public double? Number(string key)
    {
        if (this[key] is not { } node)
            return null;
        if (AsNumber(node) is { } number && double.IsFinite(number))
            return number;
        Wrong(node, $"'{key}' takes a number; this is {Shown(node)}.");
        return null;
    }

    public bool? Truth(string key)
    {
        switch (this[key])
        {
            case null:
                return null;
            case DocumentNode.Scalar { Value: ParameterValue.Boolean truth }:
                return truth.Value;
            case { } node:
                Wrong(node, $"'{key}' takes true or false; this is {Shown(node)}.");
                return null;
        }
    }

    /// <summary>One of the words; null when absent or another.</summary>
    public string? Word(string key, params ReadOnlySpan<string> words)
    {
        if (this[key] is not { } node)
            return null;
        if (node is DocumentNode.Scalar scalar && words.Contains(scalar.Text))
            return scalar.Text;
        var near = node is DocumentNode.Scalar written ? Suggestion.For(written.Text, words.ToArray()) : null;
        Wrong(
            node,
            $"'{key}' takes {string.Join(" or ", words.ToArray())}; this is {Shown(node)}."
                + (near is null ? "" : $" Did you mean '{near}'?")
        );
        return null;
    }

    /// <summary>A map; null when absent or something else.</summary>
    public DocumentNode.Map? MapOf(string key) => AsMap(this[key], key);

    public DocumentNode.Map? AsMap(DocumentNode? node, string key)
    {
        if (node is null or DocumentNode.Map)
            return (DocumentNode.Map?)node;
        Wrong(node, $"'{key}' takes a map; this is {node.Kind}.");
        return null;
    }

    public static double? AsNumber(DocumentNode node) =>
        node switch
        {
            DocumentNode.Scalar { Value: ParameterValue.Integer integer } => integer.Value,
            DocumentNode.Scalar { Value: ParameterValue.Number number } => number.Value,
            _ => null,
        };

    /// <summary>A scalar as it was written, cut where it is long; the kind of anything else.</summary>
    public static string Shown(DocumentNode node) =>
        node is DocumentNode.Scalar { Value: not null } scalar
            ? $"'{(scalar.Text.Length > 60 ? scalar.Text[..60] + "…" : scalar.Text)}'"
            : node.Kind;
}
