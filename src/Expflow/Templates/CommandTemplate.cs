using System.Text;

namespace Expflow.Templates;

/// <summary>A command with placeholders, parsed once and rendered for each run. Equal when the text is.</summary>
public sealed class CommandTemplate : IEquatable<CommandTemplate>
{
    private readonly IReadOnlyList<IReadOnlyList<TemplatePiece>>? words;

    internal CommandTemplate(
        string text,
        IReadOnlyList<TemplatePiece> pieces,
        IReadOnlyList<IReadOnlyList<TemplatePiece>>? words
    )
    {
        Text = text;
        Pieces = pieces;
        this.words = words;
        var placeholders = pieces.OfType<TemplatePiece.Value>().Select(piece => piece.Placeholder).ToList();
        UsedParameters =
        [
            .. placeholders.OfType<Placeholder.Parameter>().Select(parameter => parameter.Name).Distinct(),
        ];
        UsedStages = [.. placeholders.OfType<Placeholder.StageFolder>().Select(upstream => upstream.Stage).Distinct()];
        UsesAllParameters = placeholders.Any(placeholder =>
            placeholder
                is Placeholder.Known
                {
                    Word: KnownPlaceholder.Flags or KnownPlaceholder.Overrides or KnownPlaceholder.ParametersFile
                }
        );
    }

    /// <summary>The template as the file has it. It is part of a run's identity.</summary>
    public string Text { get; }

    /// <summary>Its parts, in order.</summary>
    public IReadOnlyList<TemplatePiece> Pieces { get; }

    /// <summary>The parameters that it names.</summary>
    public IReadOnlyList<string> UsedParameters { get; }

    /// <summary>The stages whose folders it names.</summary>
    public IReadOnlyList<string> UsedStages { get; }

    /// <summary>Whether it uses every parameter: <c>{flags}</c>, <c>{overrides}</c>, <c>{parameters}</c>.</summary>
    public bool UsesAllParameters { get; }

    /// <summary>The command for a shell, values quoted.</summary>
    public string Render(TemplateValues values)
    {
        var text = new StringBuilder(Text.Length + 64);
        foreach (var piece in Pieces)
            if (piece is TemplatePiece.Literal literal)
                text.Append(literal.Text);
            else if (piece is TemplatePiece.Value value)
                text.Append(Quoted(value, values));
        return text.ToString();
    }

    /// <summary>Values put in as they are, nothing quoted: for paths and environment variables.</summary>
    public string RenderPlain(TemplateValues values) =>
        string.Concat(
            Pieces.Select(piece =>
                piece is TemplatePiece.Value value
                    ? string.Join(' ', values.Of(value.Placeholder))
                    : ((TemplatePiece.Literal)piece).Text
            )
        );

    /// <summary>The program and its arguments, when the command needs no shell; otherwise null, and <see cref="Render"/> goes to <c>bash -c</c>.</summary>
    /// <remarks>Spawning a program without a shell in between saves about half a millisecond a run.</remarks>
    public IReadOnlyList<string>? RenderArguments(TemplateValues values)
    {
        if (words is null)
            return null;
        var arguments = new List<string>(words.Count);
        foreach (var word in words)
            if (word is [TemplatePiece.Value { Quotes: QuoteState.Bare } alone])
                arguments.AddRange(values.Of(alone.Placeholder));
            else
                arguments.Add(string.Concat(word.Select(piece => Unquoted(piece, values))));
        return arguments.Count > 0 ? arguments : null;
    }

    /// <inheritdoc/>
    public bool Equals(CommandTemplate? other) => other?.Text == Text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as CommandTemplate);

    /// <inheritdoc/>
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    /// <summary>The template's text.</summary>
    public override string ToString() => Text;

    private static string Quoted(TemplatePiece.Value piece, TemplateValues values)
    {
        if (piece.Quotes == QuoteState.Bare)
            return string.Join(' ', values.Of(piece.Placeholder).Select(ShellQuoting.Word));
        return ShellQuoting.Within(OneText(piece.Placeholder, values), piece.Quotes);
    }

    private static string Unquoted(TemplatePiece piece, TemplateValues values) =>
        piece is TemplatePiece.Value value ? OneText(value.Placeholder, values) : ((TemplatePiece.Literal)piece).Text;

    // Between quotes several values are one text. Whoever writes bash -c "train {flags}" wants words for that inner shell.
    private static string OneText(Placeholder placeholder, TemplateValues values)
    {
        var texts = values.Of(placeholder);
        return placeholder is Placeholder.Parameter || texts.Take(2).Count() == 1 && !IsMany(placeholder)
            ? texts.Single()
            : string.Join(' ', texts.Select(ShellQuoting.Word));
    }

    private static bool IsMany(Placeholder placeholder) =>
        placeholder is Placeholder.Known { Word: KnownPlaceholder.Flags or KnownPlaceholder.Overrides };
}
