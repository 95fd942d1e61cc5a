using VectorQuantization.Numerics;

namespace VectorQuantization.Quantisers;

/// <summary>A rotation in a quantiser's file: its kind, then what it keeps.</summary>
internal static class StoredRotation
{
    private const byte None = 0;
    private const byte Dense = 1;
    private const byte Hadamard = 2;

    /// <summary>Writes it.</summary>
    public static void WriteRotation(this BinaryWriter to, Rotation rotation)
    {
        switch (rotation)
        {
            case DenseRotation dense:
                to.Write(Dense);
                to.WriteFloats(dense.Matrix);
                break;
            case HadamardRotation hadamard:
                to.Write(Hadamard);
                to.WriteFloats(hadamard.Signs);
                break;
            default:
                to.Write(None);
                break;
        }
    }

    /// <summary>Reads it.</summary>
    public static Rotation ReadRotation(this BinaryReader from, int dimension) =>
        from.ReadByte() switch
        {
            Dense => new DenseRotation(from.ReadFloats(dimension * dimension), dimension),
            Hadamard => new HadamardRotation(from.ReadFloats(HadamardRotation.SignsOf(dimension)), dimension),
            _ => new NoRotation(dimension),
        };
}
