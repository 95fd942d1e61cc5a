namespace VectorQuantization.Quantisers;

/// <summary>With what a quantiser is trained, besides the rows and its settings.</summary>
/// <param name="Seed">The same seed gives the same quantiser, to the last bit, whatever <paramref name="Threads"/> is.</param>
/// <param name="Threads">Threads to keep busy.</param>
/// <param name="Stop">Ends the training with <see cref="OperationCanceledException"/>.</param>
public sealed record Training(ulong Seed, int Threads, CancellationToken Stop = default);
