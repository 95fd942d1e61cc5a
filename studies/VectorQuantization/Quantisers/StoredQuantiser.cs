namespace VectorQuantization.Quantisers;

/// <summary>A quantiser as a file holds it.</summary>
/// <param name="Quantiser">Ready to encode and decode.</param>
/// <param name="Label">The name of its settings that people read: <c>PQ 16x8</c>.</param>
/// <param name="Fingerprint">The file's checksum in hexadecimal, by which files of codes name the quantiser that made them.</param>
public sealed record StoredQuantiser(Quantiser Quantiser, string Label, string Fingerprint);
