using Mono.Cecil;

namespace PolicyHub.Web.Tests.Architecture;

/// <summary>Which types each type of an assembly uses, read from its compiled form: signatures, fields, bodies, lambdas and async methods.</summary>
internal static class TypeUses
{
    /// <summary>Pairs (user, used) by full name; a nested or compiler-made type counts as the type around it.</summary>
    public static IReadOnlyList<(string User, string Used)> Of(string assemblyFile)
    {
        using var module = ModuleDefinition.ReadModule(assemblyFile);
        return [.. module.GetTypes().SelectMany(type => UsedBy(type).Select(used => (Outer(type), Outer(used)))).Distinct()];
    }

    private static IEnumerable<TypeReference> UsedBy(TypeDefinition type)
    {
        var direct = new[] { type.BaseType }
            .Concat(type.Interfaces.Select(one => one.InterfaceType))
            .Concat(type.Fields.Select(field => field.FieldType))
            .Concat(type.Methods.SelectMany(UsedBy))
            .Concat(type.CustomAttributes.Select(attribute => attribute.AttributeType));
        return direct.Where(used => used is not null).SelectMany(Parts);
    }

    private static IEnumerable<TypeReference> UsedBy(MethodDefinition method)
    {
        yield return method.ReturnType;
        foreach (var parameter in method.Parameters)
        {
            yield return parameter.ParameterType;
        }

        if (!method.HasBody)
        {
            yield break;
        }

        foreach (var variable in method.Body.Variables)
        {
            yield return variable.VariableType;
        }

        foreach (var instruction in method.Body.Instructions)
        {
            switch (instruction.Operand)
            {
                case TypeReference used:
                    yield return used;
                    break;
                case MethodReference called:
                    yield return called.DeclaringType;
                    yield return called.ReturnType;
                    break;
                case FieldReference field:
                    yield return field.DeclaringType;
                    break;
            }
        }
    }

    private static IEnumerable<TypeReference> Parts(TypeReference type) => type switch
    {
        GenericInstanceType generic => generic.GenericArguments.SelectMany(Parts).Append(generic.ElementType),
        TypeSpecification { ElementType: var element } => Parts(element),
        _ => [type],
    };

    private static string Outer(TypeReference type)
    {
        while (type.DeclaringType is { } outer)
        {
            type = outer;
        }

        return type.FullName;
    }
}
