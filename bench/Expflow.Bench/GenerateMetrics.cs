using System.Globalization;
using System.Text;

namespace Expflow.Bench;

/// <summary>Writes the metrics of 216 runs of 4,630 steps: 1,000,080 lines of three metrics, 85 MB, the same every time.</summary>
internal static class GenerateMetrics
{
    private const int Runs = 216;
    private const int Lines = 4630;

    public static int Run(string folder)
    {
        Directory.CreateDirectory(folder);
        for (var run = 0; run < Runs; run++)
            File.WriteAllText(
                Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"run-{run:000}.jsonl")),
                Metrics(run)
            );
        return 0;
    }

    private static string Metrics(int run)
    {
        var random = new Random(run);
        var text = new StringBuilder();
        for (var step = 0; step < Lines; step++)
        {
            var loss = 2.3 * Math.Exp(-step / 1000.0) + 0.1 * random.NextDouble();
            var accuracy = 1 - Math.Exp(-step / 800.0) * (0.9 + 0.1 * random.NextDouble());
            var rate = 0.003 * (1 + step / 500);
            // Runs that died show it as Python writes it.
            var shown = run % 50 == 7 && step > 4000 ? "NaN" : loss.ToString("R", CultureInfo.InvariantCulture);
            text.Append(
                CultureInfo.InvariantCulture,
                $"{{\"step\": {step}, \"loss\": {shown}, \"accuracy\": {accuracy:R}, \"lr\": {rate:0.####}}}\n"
            );
        }
        return text.ToString();
    }
}
