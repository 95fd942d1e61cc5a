using System.Text;
using Expflow.Parameters;
using Expflow.Problems;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Expflow.Documents;

/// <summary>Reads YAML 1.2 (and with it JSON) into a tree whose every value knows its line and column.</summary>
/// <remarks>
/// Anchors, aliases and merge keys (<c>&lt;&lt;: *base</c>) are understood; aliases that would blow up to more than a million values are refused, and so
/// is nesting deeper than 64.
/// </remarks>
public sealed class YamlReader
{
    private const int MostAliased = 1_000_000;
    private const int Deepest = 64;
    private const long LargestFile = 64L << 20;

    private readonly string text;
    private readonly string file;
    private readonly Func<SourcePlace, ValueSource> sourceOf;
    private readonly ScalarPlaces places;
    private readonly List<Problem> problems = [];
    private readonly Dictionary<string, (DocumentNode Node, long Size)> anchors = new(StringComparer.Ordinal);
    private readonly GuardedParser events;
    private long aliased;

    private YamlReader(string text, string file, Func<SourcePlace, ValueSource> sourceOf)
    {
        this.text = text;
        this.file = file;
        this.sourceOf = sourceOf;
        places = new ScalarPlaces(text);
        events = new GuardedParser(text);
    }

    /// <summary>Reads a file. An empty one is a problem.</summary>
    /// <param name="path">The file on disk.</param>
    /// <param name="shown">Its name in messages.</param>
    public static Checked<DocumentNode> ReadFile(string path, string shown)
    {
        var whole = new SourcePlace(shown);
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > LargestFile } large)
                return new Problem(
                    $"'{shown}' has {large.Length >> 20} MiB; at most {LargestFile >> 20} are read. Move data out of it.",
                    whole
                );
            var bytes = File.ReadAllBytes(path);
            return NotText(bytes) is { } line
                ? new Problem($"'{shown}' is not UTF-8 text. Save it as UTF-8.", whole with { Line = line, Column = 1 })
                : Read(Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF'), shown);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return new Problem($"'{shown}' does not exist. Check the path, or make it with 'expflow new'.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Problem($"'{shown}' cannot be read: {e.Message}");
        }
    }

    /// <summary>Reads a text that stands in a file.</summary>
    public static Checked<DocumentNode> Read(string text, string file) =>
        new YamlReader(text, file, place => new ValueSource.File(place)).Document();

    /// <summary>Reads a value that was not written in a file, such as that of an option. What is no list is one text or number, colons and all.</summary>
    public static DocumentNode ReadValue(string text, ValueSource source)
    {
        var trimmed = text.Trim();
        if (trimmed is ['[', ..] or ['"', ..] or ['\'', ..])
        {
            var read = new YamlReader(trimmed, "", _ => source).Document();
            if (read.TryGet(out var node) && node is not DocumentNode.Map)
                return node;
        }
        return new DocumentNode.Scalar(YamlScalar.Read(trimmed), trimmed, quoted: false, source);
    }

    private static int? NotText(byte[] bytes)
    {
        var rest = bytes.AsSpan();
        var status = System.Text.Unicode.Utf8.IsValid(rest);
        if (status && !rest.Contains((byte)0))
            return null;
        var line = 1;
        while (rest.IndexOf((byte)'\n') is var end and >= 0)
        {
            if (!System.Text.Unicode.Utf8.IsValid(rest[..end]) || rest[..end].Contains((byte)0))
                return line;
            line++;
            rest = rest[(end + 1)..];
        }
        return line;
    }

    private Checked<DocumentNode> Document()
    {
        try
        {
            events.Consume<StreamStart>();
            if (events.Accept<StreamEnd>(out _))
                return new Problem(
                    $"'{file}' is empty. Write an experiment, or make one with 'expflow new'.",
                    new(file)
                );
            events.Consume<DocumentStart>();
            var root = Node(0).Node;
            events.Consume<DocumentEnd>();
            if (events.TryConsume<DocumentStart>(out var second))
                problems.Add(
                    Problem(second.Start, "A second document starts here; a file holds one. Split it into two files.")
                );
            return problems.Count > 0 ? Checked<DocumentNode>.Failed(problems) : root;
        }
        catch (YamlException e)
        {
            problems.Add(TabIn(e) ?? Problem(e.Start, $"This is not YAML: {Said(e)}"));
            return Checked<DocumentNode>.Failed(problems);
        }
        catch (TooDeepException e)
        {
            problems.Add(e.Problem);
            return Checked<DocumentNode>.Failed(problems);
        }
    }

    private (DocumentNode Node, long Size) Node(int depth)
    {
        if (events.TryConsume<AnchorAlias>(out var alias))
            return Aliased(alias);
        if (depth > Deepest)
            throw new TooDeepException(Problem(events.Current!.Start, $"Values are nested deeper than {Deepest}."));
        var (node, size, anchor) =
            events.Accept<MappingStart>(out var map) ? Map(map, depth)
            : events.Accept<SequenceStart>(out var list) ? Sequence(list, depth)
            : Scalar();
        if (!anchor.IsEmpty)
            anchors[anchor.Value] = (node, size);
        return (node, size);
    }

    private (DocumentNode Node, long Size) Aliased(AnchorAlias alias)
    {
        if (!anchors.TryGetValue(alias.Value.Value, out var found))
        {
            problems.Add(
                Problem(alias.Start, $"'*{alias.Value.Value}' refers to an anchor that is not defined above.")
            );
            return (Nothing(alias.Start), 1);
        }
        aliased += found.Size;
        if (aliased > MostAliased)
            throw new TooDeepException(
                Problem(
                    alias.Start,
                    $"'*{alias.Value.Value}' makes aliases stand for more than {MostAliased:N0} values. Write a sweep instead."
                )
            );
        return found;
    }

    private (DocumentNode, long, AnchorName) Map(MappingStart start, int depth)
    {
        events.MoveNext();
        var entries = new List<DocumentEntry>();
        var names = new Dictionary<string, SourcePlace>(StringComparer.Ordinal);
        var merged = new List<DocumentNode.Map>();
        var size = 1L;
        while (!events.TryConsume<MappingEnd>(out _))
        {
            var place = Place(events.Current!.Start);
            var (key, keySize) = Node(depth + 1);
            var (value, valueSize) = Node(depth + 1);
            size += keySize + valueSize;
            if (key is not DocumentNode.Scalar name)
                problems.Add(new Problem("A key must be a name; this is " + key.Kind + ".", place));
            else if (name is { Text: "<<", Quoted: false })
                Merge(value, merged);
            else if (!names.TryAdd(name.Text, place))
                problems.Add(
                    new Problem($"'{name.Text}' stands twice, first at line {names[name.Text].Line}. Keep one.", place)
                );
            else
                entries.Add(new(name.Text, sourceOf(place), value));
        }
        foreach (var entry in merged.SelectMany(map => map.Entries))
            if (names.TryAdd(entry.Key, default))
                entries.Add(entry);
        return (new DocumentNode.Map(entries, sourceOf(Place(start.Start))), size, start.Anchor);
    }

    private void Merge(DocumentNode value, List<DocumentNode.Map> merged)
    {
        if (value is DocumentNode.Map map)
            merged.Add(map);
        else if (value is DocumentNode.Sequence list && list.Items.All(item => item is DocumentNode.Map))
            merged.AddRange(list.Items.Cast<DocumentNode.Map>());
        else
            problems.Add(value.Source.Problem($"'<<' takes a map or a list of maps; this is {value.Kind}."));
    }

    private (DocumentNode, long, AnchorName) Sequence(SequenceStart start, int depth)
    {
        events.MoveNext();
        var items = new List<DocumentNode>();
        var size = 1L;
        while (!events.TryConsume<SequenceEnd>(out _))
        {
            var (item, itemSize) = Node(depth + 1);
            items.Add(item);
            size += itemSize;
        }
        return (new DocumentNode.Sequence(items, sourceOf(Place(start.Start))), size, start.Anchor);
    }

    private (DocumentNode, long, AnchorName) Scalar()
    {
        var scalar = events.Consume<Scalar>();
        var start = Place(scalar.Start);
        var tag = scalar.Tag.IsEmpty ? "" : scalar.Tag.Value;
        if (tag is not ("" or "!" or "tag:yaml.org,2002:str"))
            problems.Add(new Problem($"The tag '{tag}' is not understood. Remove it.", start));
        var plain = scalar.Style is ScalarStyle.Plain && tag.Length == 0;
        var value = plain ? YamlScalar.Read(scalar.Value) : ParameterValue.Of(scalar.Value);
        var node = new DocumentNode.Scalar(
            value,
            scalar.Value,
            !plain,
            sourceOf(start),
            offset => sourceOf(places.Of(scalar, start, offset))
        );
        return (node, 1, scalar.Anchor);
    }

    private DocumentNode.Scalar Nothing(Mark mark) => new(null, "", quoted: false, sourceOf(Place(mark)));

    private SourcePlace Place(Mark mark) => new(file, (int)mark.Line, (int)mark.Column);

    private Problem Problem(Mark mark, string text) => sourceOf(Place(mark)).Problem(text);

    // The parser's place is where the map began; the tab may stand many lines below.
    private Problem? TabIn(YamlException e)
    {
        if (!e.Message.Contains("tab as indentation", StringComparison.Ordinal))
            return null;
        var number = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
            if (++number >= e.Start.Line && line[..^line.TrimStart().Length].IndexOf('\t') is var at and >= 0)
                return sourceOf(new SourcePlace(file, number, at + 1))
                    .Problem("A tab indents this line, which YAML does not take. Indent with blanks.");
        return null;
    }

    private static string Said(YamlException e)
    {
        var said = e.Message.TrimEnd('.');
        // Older wordings begin with the place, which the problem has already.
        var place = said.IndexOf("): ", StringComparison.Ordinal);
        return (said.StartsWith("(Line", StringComparison.Ordinal) && place > 0 ? said[(place + 3)..] : said) + ".";
    }

    private sealed class TooDeepException(Problem problem) : Exception
    {
        public Problem Problem { get; } = problem;
    }
}
