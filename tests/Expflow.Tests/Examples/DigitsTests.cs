using Expflow.Contract;
using Quickstart;
using Xunit;

namespace Expflow.Tests.Examples;

public sealed class DigitsTests : IDisposable
{
    private static readonly Lazy<Digits> Data = new(() =>
        Digits.Read(Path.Combine(AppContext.BaseDirectory, "digits.csv.gz"))
    );

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_data_set_has_1438_images_to_train_on_and_359_to_test()
    {
        Assert.Equal((1438, 359), (Data.Value.Train.Length, Data.Value.Test.Length));
        Assert.Equal(10, Data.Value.Train.Select(digit => digit.Label).Distinct().Count());
    }

    [Theory]
    [InlineData("softmax")]
    [InlineData("mlp")]
    public void The_gradient_is_that_of_finite_differences(string model)
    {
        const double H = 1e-6;
        var network = new Network(model, units: 7, new Random(1));
        var batch = Data.Value.Train[..5];
        double Loss() => batch.Sum(digit => -Math.Log(network.Predict(digit)[digit.Label]));

        foreach (var digit in batch)
            network.AddGradient(digit);

        foreach (var layer in network.Layers)
            for (var i = 0; i < layer.Parameters.Length; i++)
            {
                var value = layer.Parameters[i];
                layer.Parameters[i] = value + H;
                var above = Loss();
                layer.Parameters[i] = value - H;
                var below = Loss();
                layer.Parameters[i] = value;
                Assert.Equal((above - below) / (2 * H), layer.Gradient[i], tolerance: 1e-7);
            }
    }

    // On this data set softmax regression is known to reach about 0.96, a small network about 0.97 to 0.98.
    [Theory]
    [InlineData("softmax", 0.95, 0.97)]
    [InlineData("mlp", 0.965, 0.985)]
    public void The_accuracy_is_what_the_literature_knows(string model, double least, double most)
    {
        var options = new Options { Model = model, Out = folder.Path };
        Train(options, EnvironmentNames.Metrics, folder["metrics.jsonl"]);

        var last = File.ReadLines(folder["metrics.jsonl"]).Last();
        Assert.InRange(double.Parse(last.Split("\"test_accuracy\":")[1].TrimEnd('}')), least, most);
    }

    [Fact]
    public void An_interrupted_training_resumes_and_ends_with_the_same_model()
    {
        var whole = new Options
        {
            Model = "mlp",
            Epochs = 4,
            Hidden = 8,
            Out = folder["whole"],
        };
        var parts = whole with { Out = folder["parts"] };

        Assert.Equal(0, Train(whole));
        Assert.Equal(ExitCodes.Resume, Train(parts, EnvironmentNames.Checkpoints, folder.Path, interrupt: true));
        Assert.Equal(0, Train(parts, EnvironmentNames.Checkpoints, folder.Path));

        Assert.Equal(
            File.ReadAllBytes(Path.Combine(whole.Out, "model.bin")),
            File.ReadAllBytes(Path.Combine(parts.Out, "model.bin"))
        );
    }

    [Theory]
    [InlineData("'--rate' is not an option. Use --model", "--rate", "1")]
    [InlineData("'--lr' has no value", "--lr")]
    [InlineData("'--lr fast' is not a number", "--lr", "fast")]
    [InlineData("'--epochs 0' is not a whole number of 1 or more", "--epochs", "0")]
    [InlineData("'--model tree' is not known. Use softmax or mlp", "--model", "tree")]
    public void A_wrong_option_is_named(string message, params string[] args) =>
        Assert.StartsWith(message, Assert.Throws<OptionException>(() => Options.Parse(args)).Message);

    private static int Train(Options options, string? variable = null, string? value = null, bool interrupt = false)
    {
        using var run = new RunContext(name => name == variable ? value : null);
        if (interrupt)
            run.RequestSave();
        return new Training(options, Data.Value, run).Run(TextWriter.Null);
    }
}
