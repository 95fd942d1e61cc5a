namespace Expflow.Exports;

/// <summary>Cells as RFC 4180 has them.</summary>
internal static class CsvText
{
    private static readonly System.Buffers.SearchValues<char> NeedQuotes = System.Buffers.SearchValues.Create(
        ",\"\r\n"
    );

    /// <summary>The cell, in quotes where it needs them. An empty text is written as "" so that it differs from a missing value.</summary>
    public static string Cell(string text) =>
        text.Length == 0 || text.AsSpan().ContainsAny(NeedQuotes) || text[0] == ' ' || text[^1] == ' '
            ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : text;
}
