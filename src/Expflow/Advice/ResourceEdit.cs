using Expflow.Documents;
using Expflow.Experiments;
using Expflow.Problems;

namespace Expflow.Advice;

/// <summary>Changes resources in the text of an experiment file, and nothing else: comments, order and layout stay.</summary>
/// <remarks>
/// What stands elsewhere (a template, the project's defaults, the environment), or is shared within the file by an anchor, is refused: who else goes by
/// it is not for this program to decide.
/// </remarks>
public sealed class ResourceEdit
{
    private const string Resources = "resources";

    private readonly Experiment experiment;
    private readonly string text;
    private readonly YamlPlace root;
    private readonly bool hasStages;
    private readonly List<(int At, int Length, string Text)> edits = [];
    private readonly List<Problem> refused = [];

    private ResourceEdit(Experiment experiment, string text, YamlPlace root)
    {
        this.experiment = experiment;
        this.text = text;
        this.root = root;
        hasStages = experiment.Origins.Any(origin => origin.Path.StartsWith("stages.", StringComparison.Ordinal));
    }

    /// <summary>A changed text, and what was not changed in it.</summary>
    /// <param name="Text">The whole text.</param>
    /// <param name="Refused">Why, and which line to write where.</param>
    public sealed record Outcome(string Text, IReadOnlyList<Problem> Refused);

    /// <summary>Makes the changes that can be made safely.</summary>
    /// <param name="experiment">The experiment as it is read from the file, without overrides of the command line.</param>
    /// <param name="text">The file's text, without a byte order mark.</param>
    /// <param name="changes">What it should say.</param>
    public static Outcome Make(Experiment experiment, string text, IReadOnlyList<ResourceChange> changes)
    {
        if (changes.Count == 0 || YamlPlace.Read(text) is not { IsMap: true } root)
            return new(text, []);
        var edit = new ResourceEdit(experiment, text, root);
        edit.Make(changes);
        foreach (var (at, length, with) in edit.edits.OrderByDescending(one => one.At))
            text = string.Concat(text.AsSpan(0, at), with, text.AsSpan(at + length));
        return new(text, edit.refused);
    }

    private void Make(IReadOnlyList<ResourceChange> changes)
    {
        var missing = new List<ResourceChange>();
        foreach (var change in changes)
        {
            var own = hasStages ? SourceOf($"stages.{change.Stage}.{Resources}.{change.Key}") : null;
            var common = SourceOf($"{Resources}.{change.Key}");
            if (own is not null)
                Replace(change, own, OwnPath(change));
            else if (
                common is not null
                && (!hasStages || common is not ValueSource.File { Place.File: var file } || file != experiment.File)
            )
                Replace(change, common, [Resources, change.Key]);
            else if (common is not null && IsForAll(change, changes))
                ReplaceOnce(change, changes, common);
            else
                missing.Add(change);
        }
        foreach (var stage in missing.GroupBy(change => change.Stage))
            Add([.. stage]);
    }

    private ValueSource? SourceOf(string path) =>
        experiment.Origins.FirstOrDefault(origin => origin.Path == path)?.Source;

    private static string[] OwnPath(ResourceChange change) => ["stages", change.Stage, Resources, change.Key];

    // Every stage that goes by the common value is to have the same new one.
    private bool IsForAll(ResourceChange change, IReadOnlyList<ResourceChange> changes) =>
        experiment
            .Stages.Where(stage => SourceOf($"stages.{stage.Name}.{Resources}.{change.Key}") is null)
            .All(stage => changes.Contains(change with { Stage = stage.Name }));

    private void ReplaceOnce(ResourceChange change, IReadOnlyList<ResourceChange> changes, ValueSource common)
    {
        var first = changes.First(other =>
            other.Key == change.Key && SourceOf($"stages.{other.Stage}.{Resources}.{change.Key}") is null
        );
        if (first == change)
            Replace(change, common, [Resources, change.Key]);
    }

    private void Replace(ResourceChange change, ValueSource source, string[] path)
    {
        if (source is not ValueSource.File { Place: var place })
        {
            refused.Add(
                new(
                    $"'{change.Key}' of stage '{change.Stage}' comes from {source}, which stands over the file. Take it away, or let it say {change.Value}."
                )
            );
            return;
        }
        if (place.File != experiment.File)
        {
            refused.Add(
                new(
                    $"'{change.Key}' of stage '{change.Stage}' stands here, where others may go by it. Write '{change.Key}: {change.Value}' here, or in '{experiment.File}' {Where(change.Stage)}'{Resources}: {{{change.Key}: {change.Value}}}'.",
                    place
                )
            );
            return;
        }
        if (Find(path) is { IsInOneLine: true, Text: { } written } value && IsAsWritten(value, written))
            edits.Add((value.From, value.To - value.From, value.Quotes + change.Value + value.Quotes));
        else
            Refuse(change, place);
    }

    private void Refuse(ResourceChange change, SourcePlace place) =>
        refused.Add(
            new(
                $"'{change.Key}' of stage '{change.Stage}' is shared by an anchor, or written in a way that is not changed by a program. Write '{change.Key}: {change.Value}' yourself.",
                place
            )
        );

    private void Add(IReadOnlyList<ResourceChange> changes)
    {
        var owner = hasStages ? Find(["stages", changes[0].Stage]) : root;
        if (owner is not { IsMap: true })
        {
            var place = experiment.Stage(changes[0].Stage)?.Place ?? new(experiment.File);
            var line =
                $"{Resources}: {{{string.Join(", ", changes.Select(change => $"{change.Key}: {change.Value}"))}}}";
            refused.Add(
                new(
                    place.File == experiment.File
                        ? $"Stage '{changes[0].Stage}' is shared by an anchor. Write '{line}' into it yourself."
                        : $"Stage '{changes[0].Stage}' stands here, where others may go by it. Write '{line}' here, or in '{experiment.File}': 'stages: {{{changes[0].Stage}: {{{line}}}}}'.",
                    place
                )
            );
            return;
        }
        if (owner[Resources] is not { } map)
            Insert(owner, $"{Resources}: {{{string.Join(", ", changes.Select(change => Pair(owner, change)))}}}");
        else if (!map.IsMap || map.IsShared)
            foreach (var change in changes)
                Refuse(change, new(experiment.File, map.Line, map.Column));
        else
            Insert(map, [.. changes.Select(change => Pair(map, change))]);
    }

    // The node at a path of keys; null when it isn't there itself, or when any node on the way is shared.
    private YamlPlace? Find(string[] path)
    {
        var at = root;
        foreach (var key in path)
        {
            if (at.IsShared || at[key] is not { } next)
                return null;
            at = next;
        }
        return at.IsShared ? null : at;
    }

    private void Insert(YamlPlace map, params string[] entries)
    {
        if (map.IsInBraces)
        {
            var text = string.Join(", ", entries);
            edits.Add(map.Entries is [.., var last] ? (last.Value.To, 0, $", {text}") : (map.From + 1, 0, text));
            return;
        }
        var newline = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        var indent = new string(' ', map.Entries[0].Key.Column - 1);
        if (
            map.Entries.FindLast(entry => entry.Value.IsInOneLine && entry.Key.Line == entry.Value.Line).Value is
            { } before
        )
        {
            var end = text.IndexOf('\n', before.To) is var at and >= 0 ? at : text.Length;
            if (end > 0 && end < text.Length && text[end - 1] == '\r')
                end--;
            edits.Add((end, 0, string.Concat(entries.Select(entry => newline + indent + entry))));
        }
        else
            edits.Add((map.Entries[0].Key.From, 0, string.Concat(entries.Select(entry => entry + newline + indent))));
    }

    // A file in JSON stays one.
    private static string Pair(YamlPlace map, ResourceChange change)
    {
        var quotes = map.Entries is [var (first, _), ..] ? first.Quotes : "";
        var around = change.Key == ResourceText.Cpus ? "" : quotes;
        return $"{quotes}{change.Key}{quotes}: {around}{change.Value}{around}";
    }

    private bool IsAsWritten(YamlPlace value, string written) =>
        value.To <= text.Length
        && text.AsSpan(value.From, value.To - value.From).SequenceEqual(value.Quotes + written + value.Quotes);

    private string Where(string stage) => hasStages ? $"in stage '{stage}' " : "";
}
