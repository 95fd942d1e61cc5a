namespace VectorQuantization.Results;

/// <summary>A number that is compared between cells: a column of <c>runs</c>.</summary>
/// <param name="Name">The column.</param>
/// <param name="Meaning">A line that says what it is, with its unit.</param>
/// <param name="Of">Its value in a row; null where it was not measured.</param>
/// <param name="MoreIsBetter">Whether a larger value is the better one.</param>
public sealed record Measure(string Name, string Meaning, Func<ResultRow, double?> Of, bool MoreIsBetter);
