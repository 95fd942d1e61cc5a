// Trains a classifier of handwritten digits: softmax regression, or a network with one hidden layer.
//
//     digits --data data/digits.csv.gz --model mlp --lr 0.1 --weight-decay 1e-4 --seed 3 --out results/
//
// It can be used alone. Under Expflow it also reports metrics after every epoch, and saves a checkpoint when it is asked to end.

using System.Globalization;
using System.IO.Compression;
using Expflow.Contract;

namespace Quickstart;

/// <summary>What can be set on the command line.</summary>
public sealed record Options
{
    public string Model { get; init; } = "softmax";
    public double LearningRate { get; init; } = 0.1;
    public double WeightDecay { get; init; }
    public int Seed { get; init; }
    public int Epochs { get; init; } = 40;
    public int Hidden { get; init; } = 64;
    public string Data { get; init; } = "data/digits.csv.gz";
    public string Out { get; init; } = ".";

    /// <summary>Reads <c>--name value</c> pairs; what can't be read is an <see cref="OptionException"/>.</summary>
    public static Options Parse(IReadOnlyList<string> args)
    {
        var options = new Options();
        for (var i = 0; i < args.Count; i += 2)
            options = options.With(args[i], i + 1 < args.Count ? args[i + 1] : null);
        return options;
    }

    private Options With(string name, string? value) =>
        name switch
        {
            "--model" => this with { Model = OneOf(name, value, "softmax", "mlp") },
            "--lr" => this with { LearningRate = Number(name, value) },
            "--weight-decay" => this with { WeightDecay = Number(name, value) },
            "--seed" => this with { Seed = Count(name, value, least: 0) },
            "--epochs" => this with { Epochs = Count(name, value, least: 1) },
            "--hidden" => this with { Hidden = Count(name, value, least: 1) },
            "--data" => this with { Data = Given(name, value) },
            "--out" => this with { Out = Given(name, value) },
            _ => throw new OptionException(
                $"'{name}' is not an option. Use --model, --lr, --weight-decay, --seed, --epochs, --hidden, --data or --out."
            ),
        };

    private static string Given(string name, string? value) =>
        value ?? throw new OptionException($"'{name}' has no value. Give one after it.");

    private static string OneOf(string name, string? value, params string[] known) =>
        known.Contains(Given(name, value))
            ? value!
            : throw new OptionException($"'{name} {value}' is not known. Use {string.Join(" or ", known)}.");

    private static double Number(string name, string? value) =>
        double.TryParse(Given(name, value), CultureInfo.InvariantCulture, out var number) && number >= 0
            ? number
            : throw new OptionException($"'{name} {value}' is not a number of 0 or more.");

    private static int Count(string name, string? value, int least) =>
        int.TryParse(Given(name, value), CultureInfo.InvariantCulture, out var count) && count >= least
            ? count
            : throw new OptionException($"'{name} {value}' is not a whole number of {least} or more.");
}

/// <summary>The command line can't be used; the message says why.</summary>
public sealed class OptionException(string message) : Exception(message);

/// <summary>One image: 64 pixels from 0 to 1, and the digit that it shows.</summary>
public sealed record Digit(double[] Pixels, int Label);

/// <summary>The data set, split once and for all: every fifth image is for testing and never trained on.</summary>
public sealed record Digits(Digit[] Train, Digit[] Test)
{
    public const int Pixels = 64;
    public const int Classes = 10;

    public static Digits Read(string path)
    {
        var all = ReadLines(path).Select(Parse).ToArray();
        return new Digits([.. all.Where((_, i) => i % 5 != 4)], [.. all.Where((_, i) => i % 5 == 4)]);
    }

    private static IEnumerable<string> ReadLines(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        while (reader.ReadLine() is { } line)
            yield return line;
    }

    private static Digit Parse(string line)
    {
        var numbers = line.Split(',').Select(text => int.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        return new Digit([.. numbers.Take(Pixels).Select(pixel => pixel / 16.0)], numbers[Pixels]);
    }
}

/// <summary>A linear layer, y = W x + b, with the gradient and the momentum of each of its parameters.</summary>
public sealed class Layer
{
    private readonly int inputs;
    private readonly int outputs;

    /// <summary>He initialisation: normal with variance 2 / inputs.</summary>
    public Layer(int inputs, int outputs, Random random)
    {
        (this.inputs, this.outputs) = (inputs, outputs);
        Parameters = new double[outputs * inputs + outputs];
        Gradient = new double[Parameters.Length];
        Velocity = new double[Parameters.Length];
        for (var i = 0; i < outputs * inputs; i++)
            Parameters[i] = Math.Sqrt(2.0 / inputs) * Normal(random);
    }

    /// <summary>W row by row, one row an output, then b.</summary>
    public double[] Parameters { get; }

    /// <summary>The sum over the batch of the loss's derivative by each parameter.</summary>
    public double[] Gradient { get; }

    public double[] Velocity { get; }

    public double[] Forward(double[] x)
    {
        var y = new double[outputs];
        for (var o = 0; o < outputs; o++)
        {
            var row = Parameters.AsSpan(o * inputs, inputs);
            var sum = Parameters[outputs * inputs + o];
            for (var i = 0; i < row.Length; i++)
                sum += row[i] * x[i];
            y[o] = sum;
        }
        return y;
    }

    /// <summary>Adds to the gradient, given the loss's derivative by the output.</summary>
    public void AddGradient(double[] x, double[] byOutput)
    {
        for (var o = 0; o < outputs; o++)
        {
            var row = Gradient.AsSpan(o * inputs, inputs);
            for (var i = 0; i < row.Length; i++)
                row[i] += byOutput[o] * x[i];
            Gradient[outputs * inputs + o] += byOutput[o];
        }
    }

    /// <summary>The loss's derivative by the input, given that by the output.</summary>
    public double[] Backward(double[] byOutput)
    {
        var byInput = new double[inputs];
        for (var o = 0; o < outputs; o++)
        {
            var row = Parameters.AsSpan(o * inputs, inputs);
            for (var i = 0; i < row.Length; i++)
                byInput[i] += byOutput[o] * row[i];
        }
        return byInput;
    }

    /// <summary>One step of gradient descent with momentum; weight decay acts on W and leaves b alone.</summary>
    public void Step(double learningRate, double momentum, double weightDecay, int batch)
    {
        for (var i = 0; i < Parameters.Length; i++)
        {
            var decay = i < outputs * inputs ? weightDecay * Parameters[i] : 0;
            Velocity[i] = momentum * Velocity[i] + Gradient[i] / batch + decay;
            Parameters[i] -= learningRate * Velocity[i];
        }
        Array.Clear(Gradient);
    }

    // Box and Muller: two uniform numbers make a normal one.
    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}

/// <summary>Softmax regression (no hidden layer), or a network with one hidden layer of rectified units.</summary>
public sealed class Network
{
    private readonly Layer? hidden;
    private readonly Layer output;

    public Network(string model, int units, Random random)
    {
        hidden = model == "mlp" ? new Layer(Digits.Pixels, units, random) : null;
        output = new Layer(hidden is null ? Digits.Pixels : units, Digits.Classes, random);
    }

    public IEnumerable<Layer> Layers => hidden is null ? [output] : [hidden, output];

    /// <summary>The probability of each class.</summary>
    public double[] Predict(Digit digit) => Softmax(output.Forward(Features(digit)));

    /// <summary>Adds this image's part to every gradient and returns its cross-entropy.</summary>
    public double AddGradient(Digit digit)
    {
        var features = Features(digit);
        var probabilities = Softmax(output.Forward(features));
        var loss = -Math.Log(probabilities[digit.Label]);

        var byScore = probabilities; // softmax and cross-entropy together: p - 1 for the right class, p for all others
        byScore[digit.Label] -= 1;
        output.AddGradient(features, byScore);
        if (hidden is null)
            return loss;

        var byFeature = output.Backward(byScore);
        for (var i = 0; i < byFeature.Length; i++)
            byFeature[i] = features[i] > 0 ? byFeature[i] : 0;
        hidden.AddGradient(digit.Pixels, byFeature);
        return loss;
    }

    public double Accuracy(Digit[] digits) => digits.Average(digit => IsRight(digit) ? 1.0 : 0.0);

    private bool IsRight(Digit digit)
    {
        var probabilities = Predict(digit);
        return Array.IndexOf(probabilities, probabilities.Max()) == digit.Label;
    }

    private double[] Features(Digit digit)
    {
        if (hidden is null)
            return digit.Pixels;
        var features = hidden.Forward(digit.Pixels);
        for (var i = 0; i < features.Length; i++)
            features[i] = Math.Max(0, features[i]);
        return features;
    }

    // The largest score is taken away first: e^x would overflow beyond 709.
    private static double[] Softmax(double[] scores)
    {
        var largest = scores.Max();
        var sum = 0.0;
        for (var i = 0; i < scores.Length; i++)
            sum += scores[i] = Math.Exp(scores[i] - largest);
        for (var i = 0; i < scores.Length; i++)
            scores[i] /= sum;
        return scores;
    }
}

/// <summary>Mini-batch gradient descent that can be interrupted after any epoch and resumed with equal results.</summary>
public sealed class Training(Options options, Digits digits, RunContext run)
{
    private const int BatchSize = 32;
    private const double Momentum = 0.9;

    private readonly Network network = new(options.Model, options.Hidden, new Random(options.Seed));
    private readonly string? checkpoint = run.Checkpoints is { } folder ? Path.Combine(folder, "digits.bin") : null;

    /// <summary>Trains to the end, or until the manager asks to save. Returns the program's exit code.</summary>
    public int Run(TextWriter log)
    {
        for (var epoch = Resume(log) + 1; epoch <= options.Epochs; epoch++)
        {
            var loss = TrainEpoch(epoch);
            var (train, test) = (network.Accuracy(digits.Train), network.Accuracy(digits.Test));
            log.WriteLine($"epoch {epoch} loss {loss:0.0000} train {train:0.0000} test {test:0.0000}");
            run.Report(epoch, ("loss", loss), ("train_accuracy", train), ("test_accuracy", test));
            if (!run.SaveRequested.IsCancellationRequested || checkpoint is null)
                continue;
            Save(checkpoint, epoch);
            log.WriteLine($"saved after epoch {epoch}");
            return ExitCodes.Resume;
        }
        Save(Path.Combine(options.Out, "model.bin"), options.Epochs);
        return 0;
    }

    // The order depends on seed and epoch alone, so that a resumed run meets the images in the same order.
    private double TrainEpoch(int epoch)
    {
        var order = digits.Train.ToArray();
        new Random(unchecked(options.Seed * 100_003 + epoch)).Shuffle(order);
        var loss = 0.0;
        foreach (var batch in order.Chunk(BatchSize))
        {
            loss += batch.Sum(network.AddGradient);
            foreach (var layer in network.Layers)
                layer.Step(options.LearningRate, Momentum, options.WeightDecay, batch.Length);
        }
        return loss / order.Length;
    }

    private int Resume(TextWriter log)
    {
        if (!File.Exists(checkpoint))
            return 0;
        using var reader = new BinaryReader(File.OpenRead(checkpoint));
        var epoch = reader.ReadInt32();
        foreach (var numbers in network.Layers.SelectMany(layer => new[] { layer.Parameters, layer.Velocity }))
            for (var i = 0; i < numbers.Length; i++)
                numbers[i] = reader.ReadDouble();
        log.WriteLine($"resumed after epoch {epoch}");
        return epoch;
    }

    // Written beside its place and moved there, so that a half-written file is never found.
    private void Save(string path, int epoch)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        using (var writer = new BinaryWriter(File.Create(path + ".tmp")))
        {
            writer.Write(epoch);
            foreach (var numbers in network.Layers.SelectMany(layer => new[] { layer.Parameters, layer.Velocity }))
            foreach (var number in numbers)
                writer.Write(number);
        }
        File.Move(path + ".tmp", path, overwrite: true);
    }
}

public static class Program
{
    public static int Main(string[] args)
    {
        try
        {
            var options = Options.Parse(args);
            using var run = RunContext.FromEnvironment();
            return new Training(options, Digits.Read(options.Data), run).Run(Console.Out);
        }
        catch (Exception problem) when (problem is OptionException or IOException)
        {
            Console.Error.WriteLine(problem.Message);
            return problem is OptionException ? 2 : 1;
        }
    }
}
