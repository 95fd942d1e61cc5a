namespace VectorQuantization.Neighbours;

/// <summary>A base row that may be among the k nearest, with what is known of its distance so far.</summary>
internal struct Candidate
{
    /// <summary>Its distance is at least this.</summary>
    public double Low;

    /// <summary>And at most this; equal to <see cref="Low"/> once it is known in double precision.</summary>
    public double High;

    /// <summary>Its row within the base that is searched.</summary>
    public long Row;

    /// <summary>Whether its distance is known in double precision.</summary>
    public readonly bool IsExact => Low == High;

    /// <summary>Notes the distance in double precision.</summary>
    public void Sharpen(double distance) => Low = High = distance;

    /// <summary>The order of the answer among candidates whose distances are exact: nearest first, ties to the lower row.</summary>
    public static int Compare(Candidate left, Candidate right)
    {
        var order = left.Low.CompareTo(right.Low);
        return order != 0 ? order : left.Row.CompareTo(right.Row);
    }
}
