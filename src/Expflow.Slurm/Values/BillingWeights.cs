using System.Globalization;

namespace Expflow.Slurm;

/// <summary>What a partition charges for: <c>CPU=1.0,Mem=0.25G,GRES/gpu=2.0</c> (<c>TRESBillingWeights</c>).</summary>
public sealed record BillingWeights
{
    private readonly Dictionary<string, double> weights;

    private BillingWeights(Dictionary<string, double> weights) => this.weights = weights;

    /// <summary>Reads them; null where there are none.</summary>
    public static BillingWeights? Parse(string? text)
    {
        var weights = new Dictionary<string, double>(StringComparer.OrdinalIgnoreCase);
        foreach (
            var part in (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        )
            if (part.Split('=') is [var name, var weight] && Number(weight) is { } number)
                weights[name] = number;
        return weights.Count == 0 ? null : new(weights);
    }

    /// <summary>What a job of this size is charged for each hour.</summary>
    /// <param name="cpus">Its CPUs.</param>
    /// <param name="memory">Its memory in bytes; null: unknown, and then only free of charge where memory is.</param>
    /// <param name="gpus">Its GPUs.</param>
    /// <param name="type">Their type; null: any, for which the weight of untyped ones counts.</param>
    /// <param name="dearest">Whether only the dearest counts (<c>MAX_TRES</c>), rather than the sum.</param>
    /// <returns>The charge, or null where it hangs on what isn't known.</returns>
    public double? PerHour(int cpus, long? memory, long gpus, string? type, bool dearest)
    {
        if (Of("Mem") > 0 && memory is null)
            return null;
        var gpu = type is not null && weights.TryGetValue($"GRES/gpu:{type}", out var typed) ? typed : Of("GRES/gpu");
        double[] parts = [Of("CPU") * cpus, Of("Mem") * ((memory ?? 0) / (double)(1 << 20)), gpu * gpus];
        return dearest ? parts.Max() : parts.Sum();
    }

    private double Of(string name) => weights.GetValueOrDefault(name);

    // Memory is counted in MiB; "0.25G" is a quarter for each GiB.
    private static double? Number(string text)
    {
        var unit = text[^1] switch
        {
            'K' or 'k' => 1 / 1024.0,
            'G' or 'g' => 1024.0,
            'T' or 't' => 1024.0 * 1024,
            _ => 1,
        };
        return double.TryParse(text.TrimEnd("KkMmGgTt".ToCharArray()), CultureInfo.InvariantCulture, out var number)
            ? number / unit
            : null;
    }
}
