using System.Text.RegularExpressions;
using Expflow.Problems;

namespace Expflow.Metrics;

/// <summary>A .NET regular expression whose named groups are metrics; the group <c>step</c> is the step. Python's <c>(?P&lt;name&gt;…)</c> is understood too.</summary>
public sealed class MetricPattern : IEquatable<MetricPattern>
{
    // One line of output never needs more; a pattern that does would hold up the run's bookkeeping.
    private static readonly TimeSpan LongestMatch = TimeSpan.FromMilliseconds(200);
    private readonly Lazy<Regex> regex;

    private MetricPattern(string text)
    {
        Text = text;
        regex = new(() => Build(text));
    }

    /// <summary>The expression as the user wrote it.</summary>
    public string Text { get; }

    /// <summary>The compiled expression.</summary>
    internal Regex Regex => regex.Value;

    /// <summary>Checks an expression: it must be one, and must name at least one group other than <c>step</c>.</summary>
    public static Checked<MetricPattern> Parse(string text, SourcePlace? place = null)
    {
        try
        {
            var pattern = new MetricPattern(text);
            return Metrics(pattern.Regex).Any()
                ? pattern
                : new Problem(
                    $"'{text}' names no metric. Put a named group around the number, such as 'loss (?<loss>\\S+)'.",
                    place
                );
        }
        catch (RegexParseException e)
        {
            return new Problem($"'{text}' is no regular expression: {e.Message} Offset {e.Offset}.", place);
        }
    }

    /// <inheritdoc/>
    public bool Equals(MetricPattern? other) => other is not null && other.Text == Text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as MetricPattern);

    /// <inheritdoc/>
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Text;

    /// <summary>The groups that are metrics.</summary>
    internal static IEnumerable<string> Metrics(Regex regex) =>
        regex.GetGroupNames().Where(name => !char.IsAsciiDigit(name[0]) && name != "step");

    // Linear time where the expression allows it (no look-around, no back references), else with a limit.
    private static Regex Build(string text)
    {
        var net = text.Replace("(?P<", "(?<", StringComparison.Ordinal);
        try
        {
            return new Regex(net, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (NotSupportedException)
        {
            return new Regex(net, RegexOptions.CultureInvariant, LongestMatch);
        }
    }
}
