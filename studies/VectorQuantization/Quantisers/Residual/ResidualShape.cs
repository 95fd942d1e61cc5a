using VectorQuantization.Quantisers.Product;

namespace VectorQuantization.Quantisers.Residual;

/// <summary>The sizes of a residual quantiser.</summary>
/// <param name="Stages">Codebooks that are added up.</param>
/// <param name="Bits">Of an index.</param>
/// <param name="Beam">Candidates that encoding keeps from stage to stage.</param>
internal sealed record ResidualShape(int Stages, int Bits, int Beam)
{
    /// <summary>Centroids of a stage.</summary>
    public int StageCentroids => 1 << Bits;

    /// <summary>Centroids of all stages.</summary>
    public int Centroids => Stages << Bits;

    /// <summary>Bytes that a row's indices take.</summary>
    public int IndexBytes => PackedIndices.Bytes(Stages, Bits);
}
