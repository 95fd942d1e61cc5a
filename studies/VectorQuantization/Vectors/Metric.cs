namespace VectorQuantization.Vectors;

/// <summary>What "near" means. Everywhere in this program a smaller <em>distance</em> is nearer.</summary>
public enum Metric
{
    /// <summary>Squared Euclidean distance.</summary>
    L2,

    /// <summary>Minus the inner product.</summary>
    InnerProduct,

    /// <summary>1 − cosine. Vectors are brought to length 1 as they are read, and then 1 − inner product is taken.</summary>
    Cosine,
}
