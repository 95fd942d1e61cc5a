using System.Text;
using Expflow.Problems;
using Spectre.Console;

namespace Expflow.Cli.Screens;

/// <summary>Where commands print. Without a terminal there are no escape codes and lines are not cut.</summary>
internal sealed class Terminal(TextWriter output, TextWriter error, bool interactive, bool colours, int width)
{
    private const int WidthOfAPipe = 200;
    private IAnsiConsole? console;

    /// <summary>Plain text that programs read.</summary>
    public TextWriter Out => output;

    /// <summary>True when a person sees the output as it comes, so that it may be redrawn.</summary>
    public bool Interactive => interactive;

    /// <summary>Characters in a line.</summary>
    public int Width => width;

    /// <summary>Tables, colours and progress.</summary>
    /// <remarks>Made on first use: most commands never need it, and it costs milliseconds.</remarks>
    public IAnsiConsole Console => console ??= Create();

    public static Terminal OfThisProcess()
    {
        var output = new StreamWriter(System.Console.OpenStandardOutput(), new UTF8Encoding(false), 1 << 14)
        {
            AutoFlush = false,
        };
        var error = new StreamWriter(System.Console.OpenStandardError(), new UTF8Encoding(false)) { AutoFlush = true };
        var interactive =
            !System.Console.IsOutputRedirected
            && Environment.GetEnvironmentVariable("TERM") is not ("dumb" or null or "");
        // https://no-color.org
        var colours = interactive && Environment.GetEnvironmentVariable("NO_COLOR") is null or "";
        return new(output, error, interactive, colours, interactive ? WidthOf() : WidthOfAPipe);
    }

    /// <summary>The same terminal, but nothing is printed: for screens that would stand in the way of JSON.</summary>
    public Terminal Muted() => new(TextWriter.Null, error, interactive: false, colours: false, width);

    /// <summary>A line of plain text.</summary>
    public void Line(string text = "") => output.WriteLine(text);

    /// <summary>Something that the user should know but that stops nothing.</summary>
    public void Warn(string text)
    {
        output.Flush();
        error.WriteLine($"warning: {text}");
    }

    /// <summary>All problems, one line each.</summary>
    /// <returns>The exit code for bad input.</returns>
    public int Fail(IEnumerable<Problem> problems)
    {
        output.Flush();
        foreach (var problem in problems)
            error.WriteLine(problem);
        return ExitCode.BadInput;
    }

    /// <summary>One problem.</summary>
    /// <returns>The exit code for bad input.</returns>
    public int Fail(Problem problem) => Fail([problem]);

    /// <summary>Something that the world refused, in a sentence.</summary>
    public void Complain(string text)
    {
        output.Flush();
        error.WriteLine(text);
    }

    public void Flush() => output.Flush();

    /// <summary>Standard output as bytes, for what is no text of ours; what was printed before stands before it.</summary>
    public Stream Bytes()
    {
        output.Flush();
        return System.Console.OpenStandardOutput();
    }

    private static int WidthOf()
    {
        try
        {
            // Some terminals say 0 for "unknown".
            return System.Console.WindowWidth is > 0 and var columns ? Math.Max(40, columns) : 80;
        }
        // A terminal that doesn't know its size.
        catch (IOException)
        {
            return 80;
        }
    }

    private IAnsiConsole Create()
    {
        var made = AnsiConsole.Create(
            new()
            {
                Ansi = interactive ? AnsiSupport.Yes : AnsiSupport.No,
                ColorSystem = colours ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
                Interactive = interactive ? InteractionSupport.Yes : InteractionSupport.No,
                Out = new AnsiConsoleOutput(output),
            }
        );
        made.Profile.Width = width;
        made.Profile.Capabilities.Unicode = true;
        return made;
    }
}
