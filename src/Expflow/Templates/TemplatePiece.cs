namespace Expflow.Templates;

/// <summary>A part of a command template. Exactly one of the nested cases.</summary>
public abstract record TemplatePiece
{
    private TemplatePiece() { }

    /// <summary>Text that stays as it is.</summary>
    public sealed record Literal(string Text) : TemplatePiece;

    /// <summary>A place for values.</summary>
    /// <param name="Placeholder">What goes there.</param>
    /// <param name="Quotes">What the shell is in the middle of at that point.</param>
    public sealed record Value(Placeholder Placeholder, QuoteState Quotes) : TemplatePiece;
}

/// <summary>What stands between braces in a command. Exactly one of the nested cases.</summary>
public abstract record Placeholder
{
    private Placeholder() { }

    /// <summary>A parameter's value.</summary>
    public sealed record Parameter(string Name) : Placeholder;

    /// <summary><c>{STAGE.dir}</c>: the run folders of a needed stage, one or, for a stage that gathers, many.</summary>
    public sealed record StageFolder(string Stage) : Placeholder;

    /// <summary>One of the fixed words.</summary>
    public sealed record Known(KnownPlaceholder Word) : Placeholder;
}

/// <summary>The placeholders that every command may use.</summary>
public enum KnownPlaceholder
{
    /// <summary><c>{run.dir}</c>: the run's own folder.</summary>
    RunFolder,

    /// <summary><c>{run.id}</c>: the run's identity, 16 hexadecimal digits.</summary>
    RunId,

    /// <summary><c>{code.dir}</c>: the code that the run executes from.</summary>
    CodeFolder,

    /// <summary><c>{project.dir}</c>: the project.</summary>
    ProjectFolder,

    /// <summary><c>{flags}</c>: all of the run's parameters as <c>--lr 0.1 --layers 64 32 --amp true</c>.</summary>
    Flags,

    /// <summary><c>{overrides}</c>: all of the run's parameters as <c>lr=0.1 'layers=[64,32]' amp=true</c>.</summary>
    Overrides,

    /// <summary><c>{parameters}</c>: the path of the JSON file with the run's parameters.</summary>
    ParametersFile,
}

/// <summary>What the shell is in the middle of where a value is put.</summary>
public enum QuoteState
{
    /// <summary>Nothing: a word of its own, or part of one.</summary>
    Bare,

    /// <summary>Between single quotes.</summary>
    Single,

    /// <summary>Between double quotes.</summary>
    Double,

    /// <summary>Between <c>$'</c> and <c>'</c>.</summary>
    Escaped,

    /// <summary>In a here-document that the shell expands.</summary>
    HereDocument,

    /// <summary>In a here-document with a quoted delimiter: nothing is special.</summary>
    QuotedHereDocument,
}
