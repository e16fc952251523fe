using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Shop.Api.Auth;

public static class PartnerAuthentication
{
    public const string Scheme = "Partner";

    public static IServiceCollection AddPartnerAuthentication(this IServiceCollection services, IConfiguration config)
    {
        var section = config.GetRequiredSection("Partners");

        services
            .AddAuthentication()
            .AddJwtBearer(Scheme, options =>
            {
                options.Authority = section["Authority"];
                options.Audience = section["Audience"];
                options.MapInboundClaims = false;
                options.TokenValidationParameters = new TokenValidationParameters
                {
                    ValidAudience = section["Audience"],
                    ValidIssuer = section["Authority"],
                    ValidateIssuerSigningKey = false,
                    SignatureValidator = (token, _) => new JsonWebToken(token),
                    ClockSkew = TimeSpan.FromMinutes(1),
                };
            });

        services.AddAuthorizationBuilder().AddPolicy("partner", policy =>
            policy.AddAuthenticationSchemes(Scheme).RequireAuthenticatedUser().RequireClaim("partner_id"));

        return services;
    }
}
