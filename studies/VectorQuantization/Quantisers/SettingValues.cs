using System.Globalization;
using VectorQuantization.Problems;

namespace VectorQuantization.Quantisers;

/// <summary>The settings of one method as the user gave them: <c>m=16 bits=8</c>. Reading checks them, all at once.</summary>
public sealed class SettingValues(string method, IReadOnlyDictionary<string, string> given)
{
    private readonly ProblemList problems = new();
    private readonly HashSet<string> read = [];

    /// <summary>A whole number within a range.</summary>
    public int Integer(string name, int otherwise, int least, int most)
    {
        if (Text(name) is not { } text)
            return otherwise;
        if (
            int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            && value >= least
            && value <= most
        )
            return value;
        problems.Add($"'--{name} {text}' is not a whole number from {least} to {most}, which {method} needs.");
        return otherwise;
    }

    /// <summary>A number within a range.</summary>
    public double Number(string name, double otherwise, double least, double most)
    {
        if (Text(name) is not { } text)
            return otherwise;
        if (double.TryParse(text, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most)
            return value;
        problems.Add($"'--{name} {text}' is not a number from {least} to {most}, which {method} needs.");
        return otherwise;
    }

    /// <summary>One of a few words; the first is the default.</summary>
    public string Choice(string name, params ReadOnlySpan<string> choices)
    {
        if (Text(name) is not { } text)
            return choices[0];
        foreach (var choice in choices)
        {
            if (choice == text)
                return choice;
        }
        problems.Add($"'--{name} {text}' is not known to {method}. Choose {string.Join(" or ", choices.ToArray())}.");
        return choices[0];
    }

    /// <summary>Refuses what could not be read, and every setting that nobody asked for.</summary>
    /// <exception cref="BadInputException">With all of these problems.</exception>
    public void Done()
    {
        foreach (var name in given.Keys.Where(name => !read.Contains(name)))
            problems.Add(
                $"'--{name}' is no setting of {method}. It knows {string.Join(", ", read.Order().Select(known => $"--{known}"))}."
            );
        problems.ThrowIfAny();
    }

    private string? Text(string name)
    {
        read.Add(name);
        return given.GetValueOrDefault(name);
    }
}
