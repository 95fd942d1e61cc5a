using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Expflow.Documents;

/// <summary>YamlDotNet's parser, whose scanner meets some malformed files with a bare InvalidOperationException (its issue 541): here that has a place.</summary>
internal sealed class GuardedParser : IParser
{
    private readonly Scanner scanner;
    private readonly Parser parser;

    public GuardedParser(string text)
    {
        scanner = new Scanner(new StringReader(text), skipComments: true);
        parser = new Parser(scanner);
    }

    public ParsingEvent? Current => parser.Current;

    public bool MoveNext()
    {
        try
        {
            return parser.MoveNext();
        }
        catch (Exception e) when (e is not YamlException)
        {
            // Whatever else it throws (its scanner has more of the kind) is about the text: nothing else goes in.
            var at = scanner.CurrentPosition;
            throw new SyntaxErrorException(
                at,
                at,
                "a value cannot stand here. Look above for a bracket or a quote that is not closed"
            );
        }
    }
}
