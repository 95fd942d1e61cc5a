namespace Expflow.Metrics;

/// <summary>The values of one line, held back until the whole line has been read: the step may stand last, and half a line counts for nothing.</summary>
internal sealed class MetricLine(MetricNames names)
{
    private int[] metrics = new int[16];
    private double[] values = new double[16];
    private int[] previous = new int[16];
    private int count;

    /// <summary>The step, when the line names one.</summary>
    public long? Step { get; set; }

    /// <summary>Forgets the line before.</summary>
    public void Clear()
    {
        count = 0;
        Step = null;
    }

    /// <summary>Adds a value under a name in UTF-8.</summary>
    public void Add(ReadOnlySpan<byte> name, double value) =>
        Add(names.Number(name, count < previous.Length ? previous[count] : -1), value);

    /// <summary>Adds a value of a metric whose number is known.</summary>
    public void Add(int metric, double value)
    {
        if (count == metrics.Length)
        {
            Array.Resize(ref metrics, count * 2);
            Array.Resize(ref values, count * 2);
            Array.Resize(ref previous, count * 2);
        }
        metrics[count] = previous[count] = metric;
        values[count++] = value;
    }

    /// <summary>Passes the values on, in the order of the line.</summary>
    public void Send(long stepWhenNone, MetricSink sink)
    {
        var step = Step ?? stepWhenNone;
        for (var i = 0; i < count; i++)
            sink(metrics[i], step, values[i]);
    }
}
