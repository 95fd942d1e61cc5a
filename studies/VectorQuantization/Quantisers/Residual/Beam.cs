namespace VectorQuantization.Quantisers.Residual;

/// <summary>The best beginnings of a row's indices, best first; of equals, the one that was offered first.</summary>
internal sealed class Beam(ResidualShape shape)
{
    private readonly ushort[] indices = new ushort[shape.Beam * shape.Stages];
    private readonly int[] places = new int[shape.Beam];

    /// <summary>|x − Σc|² − |x|² of each.</summary>
    public float[] Costs { get; } = new float[shape.Beam];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>Only what costs less can come in.</summary>
    public float Worst => Count < Costs.Length ? float.PositiveInfinity : Costs[Count - 1];

    /// <summary>The empty beginning alone.</summary>
    public void Start()
    {
        Clear();
        Count = 1;
        Costs[0] = 0;
    }

    /// <summary>None.</summary>
    public void Clear()
    {
        Count = 0;
        for (var i = 0; i < places.Length; i++)
            places[i] = i;
    }

    /// <summary>The indices of the b-th best; as many as stages, of which those to come mean nothing.</summary>
    public ReadOnlySpan<ushort> IndicesOf(int b) => Place(places[b]);

    /// <summary>Offers a beginning with one more index.</summary>
    public void Offer(float cost, ReadOnlySpan<ushort> begun, ushort index)
    {
        if (!(cost < Worst))
            return;
        var last = Count < Costs.Length ? Count++ : Count - 1;
        var place = places[last];
        var at = last;
        for (; at > 0 && Costs[at - 1] > cost; at--)
            (Costs[at], places[at]) = (Costs[at - 1], places[at - 1]);
        (Costs[at], places[at]) = (cost, place);
        var to = Place(place);
        begun.CopyTo(to);
        to[begun.Length] = index;
    }

    private Span<ushort> Place(int place) => indices.AsSpan(place * shape.Stages, shape.Stages);
}
