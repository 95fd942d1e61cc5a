using System.Globalization;

namespace Expflow.Tests.Screens;

/// <summary>Twelve trainings over two learning rates, two models and three seeds, as they stand in the golden screens.</summary>
internal static class Trainings
{
    public const string File = """
        experiment: digits
        sweep: {grid: {model: [softmax, mlp], lr: [0.01, 1e-5], seed: 0..2}}
        parameters: {epochs: 4}
        command: train {flags}
        snapshot: off
        metrics: {required: [test_accuracy]}
        """;

    /// <summary>Ten are done, one of them flagged; one failed and one waits.</summary>
    public static StoredProject.Submission In(StoredProject project)
    {
        var submission = project.Submit(File);
        for (var run = 0; run < 10; run++)
            submission.Done(run, Lines(run), flags: run == 5 ? ["'loss' was 2.3 at step 3, not below 2.2"] : []);
        submission.Failed(10, "exit 1", Lines(10));
        return submission;
    }

    public static string Lines(int run) =>
        string.Concat(
            Enumerable
                .Range(0, 4)
                .Select(step =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{{\"step\": {step}, \"loss\": {2.0 / (step + 1) + run * 0.013:R}, \"test_accuracy\": {0.7 + step * 0.06 + run % 3 * 0.004 + run / 3 * 0.01:R}}}\n"
                    )
                )
        );
}
