namespace VectorQuantization.Search;

/// <summary>Codes as a file holds them.</summary>
/// <param name="Codes">All of them.</param>
/// <param name="Origin">What they are codes of.</param>
public sealed record StoredCodes(CodeSet Codes, CodeOrigin Origin);
