using Expflow.Plots;

namespace Expflow.Tests.Plots;

/// <summary>Small charts for tests.</summary>
internal static class Charts
{
    internal static CurveSeries Curve(string name, params double[] values) =>
        new(name, [.. values.Select((value, step) => new CurvePoint(step, value))]);

    internal static CurveChart Of(params CurveSeries[] series) =>
        new()
        {
            Title = "loss of kd-gat",
            XLabel = "epoch",
            YLabel = "loss",
            Series = series,
        };

    internal static ParameterChart OverLearningRate() =>
        new()
        {
            Title = "accuracy over lr",
            XLabel = "lr",
            YLabel = "accuracy",
            LogX = true,
            Lines =
            [
                new("wd=0", [new(0.001, [0.90, 0.92]), new(0.01, [0.94, 0.96, 0.95])]),
                new("wd=1e-4", [new(0.001, [0.91]), new(0.01, [double.NaN, 0.97])]),
            ],
        };

    internal static HeatMap Grid() =>
        new()
        {
            Title = "accuracy",
            XLabel = "lr",
            YLabel = "wd",
            ValueLabel = "mean accuracy",
            Columns = ["0.001", "0.01"],
            Rows = ["0", "1e-4"],
            Cells = [new(0, 0, 0.912), new(1, 0, 0.934), new(0, 1, 0.951), new(1, 1, double.NaN)],
        };

    internal static IEnumerable<Chart> All() =>
        [Of(Curve("a", 3, 2, 1), Curve("b", 2, 2, 2)), OverLearningRate(), Grid(), Of()];
}
