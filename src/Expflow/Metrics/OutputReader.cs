using System.Text;
using System.Text.RegularExpressions;

namespace Expflow.Metrics;

/// <summary>Lines of a program's output that fit a pattern. Colours are taken out first, and a carriage return ends a line, as progress bars use it.</summary>
internal sealed class OutputReader : MetricReader
{
    private readonly Regex regex;
    private readonly (string Group, int Metric)[] groups;
    private readonly bool hasStep;
    private char[] text = new char[1024];
    private long matches;

    public OutputReader(string file, MetricNames names, MetricPattern pattern)
        : base(file, names)
    {
        regex = pattern.Regex;
        groups = [.. MetricPattern.Metrics(regex).Select(group => (group, names.Number(group)))];
        hasStep = regex.GroupNumberFromName("step") >= 0;
    }

    private protected override void ReadLine(ReadOnlySpan<byte> line, MetricSink sink)
    {
        foreach (var part in line.Split((byte)'\r'))
            ReadPart(line[part], sink);
    }

    private void ReadPart(ReadOnlySpan<byte> part, MetricSink sink)
    {
        if (part.IsEmpty)
            return;
        if (text.Length < part.Length)
            text = new char[part.Length * 2];
        var length = Strip(text.AsSpan(0, Encoding.UTF8.GetChars(part, text)));
        try
        {
            if (regex.IsMatch(text.AsSpan(0, length)))
                Take(regex.Match(new string(text, 0, length)), sink);
        }
        catch (RegexMatchTimeoutException)
        {
            Fault(
                $"'{JsonLinesReader.Shorten(part)}' took the metrics pattern too long. Write it without nested repetition."
            );
        }
    }

    private void Take(Match match, MetricSink sink)
    {
        Line.Clear();
        var step = match.Groups["step"];
        if (hasStep && step.Success)
        {
            if (!MetricNumber.TryStep(Encoding.UTF8.GetBytes(step.Value), out var number))
            {
                Fault(
                    $"'{step.Value}' is matched as the step, and is no whole number. Change the group 'step' of the metrics pattern."
                );
                return;
            }
            Line.Step = number;
        }
        foreach (var (name, metric) in groups)
        {
            if (
                match.Groups[name] is { Success: true } group
                && MetricNumber.TryParse(Bytes(group.Value), out var value)
            )
                Line.Add(metric, value);
        }
        Line.Send(matches++, sink);
    }

    // A comma or full stop behind a number belongs to the sentence: 'loss 0.5, accuracy 0.9.'
    private static byte[] Bytes(string value) => Encoding.UTF8.GetBytes(value.Trim().TrimEnd(',', ';', '.', ')'));

    /// <summary>Takes terminal escape sequences out, in place, and returns the new length.</summary>
    internal static int Strip(Span<char> text)
    {
        var escape = text.IndexOf('\u001b');
        if (escape < 0)
            return text.Length;
        var to = escape;
        for (var from = escape; from < text.Length; )
        {
            if (text[from] == '\u001b')
                from = AfterEscape(text, from);
            else
                text[to++] = text[from++];
        }
        return to;
    }

    // ECMA-48: ESC [ … final byte @ to ~ (colours, cursor); ESC ] … BEL (titles); else two characters.
    private static int AfterEscape(ReadOnlySpan<char> text, int at)
    {
        if (at + 1 >= text.Length)
            return text.Length;
        var end = text[at + 1] switch
        {
            '[' => text[(at + 2)..].IndexOfAnyInRange('@', '~'),
            ']' => text[(at + 2)..].IndexOf('\u0007'),
            _ => -2,
        };
        return end switch
        {
            -2 => at + 2,
            -1 => text.Length,
            _ => at + 3 + end,
        };
    }
}
