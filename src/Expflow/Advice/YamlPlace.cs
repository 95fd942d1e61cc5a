using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Expflow.Advice;

/// <summary>A node of a YAML text with where it begins and ends in it, so that it can be changed in place.</summary>
internal sealed class YamlPlace
{
    private YamlPlace(ParsingEvent start, Mark end) => (Event, End) = (start, end);

    private ParsingEvent Event { get; }

    private Mark End { get; set; }

    /// <summary>Keys and values, where it is a map.</summary>
    public List<(YamlPlace Key, YamlPlace Value)> Entries { get; } = [];

    /// <summary>Where its first character stands in the text.</summary>
    public int From => (int)Event.Start.Index;

    /// <summary>Behind its last character; of a block, somewhere behind it.</summary>
    public int To => (int)End.Index;

    /// <summary>1-based.</summary>
    public int Line => (int)Event.Start.Line;

    /// <summary>1-based.</summary>
    public int Column => (int)Event.Start.Column;

    /// <summary>True when something else in the text may be, or is, the same node.</summary>
    public bool IsShared => Event is AnchorAlias or NodeEvent { Anchor.IsEmpty: false };

    /// <summary>Whether it is a map.</summary>
    public bool IsMap => Event is MappingStart;

    /// <summary>Whether it is a map in braces.</summary>
    public bool IsInBraces => Event is MappingStart { Style: MappingStyle.Flow };

    /// <summary>Whether it is a value in one line, of at least one character.</summary>
    public bool IsInOneLine =>
        To > From
        && Event.Start.Line == End.Line
        && Event
            is Scalar { Style: ScalarStyle.Plain or ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted }
                or MappingStart { Style: MappingStyle.Flow }
                or SequenceStart { Style: SequenceStyle.Flow };

    /// <summary>Its text, where it is a value.</summary>
    public string? Text => (Event as Scalar)?.Value;

    /// <summary>The quotes that it stands in, or nothing.</summary>
    public string Quotes =>
        (Event as Scalar)?.Style switch
        {
            ScalarStyle.SingleQuoted => "'",
            ScalarStyle.DoubleQuoted => "\"",
            _ => "",
        };

    /// <summary>The value of a key of this map; null when it has no such key of its own.</summary>
    public YamlPlace? this[string key] => Entries.Find(entry => entry.Key.Text == key).Value;

    /// <summary>Reads a text that the experiment reader has read already; null when it holds nothing.</summary>
    public static YamlPlace? Read(string text)
    {
        var parser = new Parser(new StringReader(text));
        parser.Consume<StreamStart>();
        return parser.TryConsume<DocumentStart>(out _) ? Node(parser) : null;
    }

    private static YamlPlace Node(Parser parser)
    {
        var start = parser.Consume<ParsingEvent>();
        var place = new YamlPlace(start, start.End);
        if (start is MappingStart)
        {
            while (!parser.Accept<MappingEnd>(out _))
                place.Entries.Add((Node(parser), Node(parser)));
            place.End = parser.Consume<MappingEnd>().End;
        }
        else if (start is SequenceStart)
        {
            while (!parser.Accept<SequenceEnd>(out _))
                Node(parser);
            place.End = parser.Consume<SequenceEnd>().End;
        }
        return place;
    }
}
