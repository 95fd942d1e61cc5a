using VectorQuantization.Commands;

return await CommandTree.RunAsync(args, Composition.OfThisProcess());
