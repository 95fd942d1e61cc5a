namespace VectorQuantization.Quantisers;

/// <summary>A method as commands know it.</summary>
/// <param name="Name">What <c>--method</c> takes: <c>pq</c>.</param>
/// <param name="Summary">A line for <c>--help</c>.</param>
/// <param name="Settings">Its settings with a line for <c>--help</c> each: what it means, range and default.</param>
/// <param name="Read">Checks the user's settings.</param>
/// <param name="Load">Reads back what <see cref="Quantiser.Write"/> wrote.</param>
public sealed record QuantiserMethod(
    string Name,
    string Summary,
    IReadOnlyList<(string Name, string Meaning)> Settings,
    Func<SettingValues, QuantiserSettings> Read,
    Func<BinaryReader, Quantiser> Load
);
